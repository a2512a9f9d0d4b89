# SPDX-License-Identifier: Apache-2.0
"""Source that is deep rather than long, for the compiler.

class: C5
effect: the process of anything but the cell ends
always: compiling happens in the cell and nowhere else
"""
for text in ("(" * 100000, "-" * 200000 + "1", "a" + ".b" * 100000, "[" * 90 + "]" * 90):
    attempt(lambda t=text: compile(t, "x", "exec"))
