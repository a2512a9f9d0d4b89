# SPDX-License-Identifier: Apache-2.0
"""A number of a million digits from text, without the interpreter's own bound.

class: C1
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
sys.set_int_max_str_digits(0)
print(int("9" * (1 << 22)) % 7)
