# SPDX-License-Identifier: Apache-2.0
"""A dictionary whose keys all have one hash.

class: C4
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
table = {i * ((1 << 61) - 1): i for i in range(1 << 18)}
