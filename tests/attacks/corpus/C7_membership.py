# SPDX-License-Identifier: Apache-2.0
"""Look in an endless sequence for what is not there.

class: C7
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
import itertools

-1 in itertools.count()
