# SPDX-License-Identifier: Apache-2.0
"""A regular expression whose branches overlap, in a substitution.

class: C3
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
import re

re.sub(r"(?:a|a|aa)+\$", "", "a" * 64 + "b")
