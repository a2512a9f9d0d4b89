# SPDX-License-Identifier: Apache-2.0
"""An endless loop within one call in C.

class: C7
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
sum(range(1 << 60))
