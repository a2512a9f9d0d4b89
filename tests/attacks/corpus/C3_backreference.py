# SPDX-License-Identifier: Apache-2.0
"""A regular expression with backreferences, of bytes.

class: C3
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
import re

re.search(rb"(.*)(.*)(.*)(.*)\1\2\3\4x", b"ab" * 400)
