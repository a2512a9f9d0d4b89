# SPDX-License-Identifier: Apache-2.0
"""Fill what keeps one element with what never ends.

class: C7
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
import collections
import itertools

collections.deque(itertools.cycle([1]), maxlen=1)
