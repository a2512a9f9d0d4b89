# SPDX-License-Identifier: Apache-2.0
"""A regular expression that takes for ever, in C.

class: C3
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
import re

re.match(r"(a+)+$", "a" * 40 + "b")
