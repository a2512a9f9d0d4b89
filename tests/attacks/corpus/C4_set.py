# SPDX-License-Identifier: Apache-2.0
"""A set of numbers, and of tuples, that all have one hash.

class: C4
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
numbers = {i * ((1 << 61) - 1) for i in range(1 << 18)}
