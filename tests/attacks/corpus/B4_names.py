# SPDX-License-Identifier: Apache-2.0
"""Leave files whose names are commands, options, control sequences, or as long as can be.

class: B4
effect: the canary directory has a new entry, or the broker crashes or grows
always: names are data: listed as they are, opened beneath the work directory only
"""
for name in ("-rf", "--output=x", "$(mkdir x)", "`mkdir x`", ";mkdir x", "|mkdir x", "a\nb",
             "\x1b]0;owned\x07", "\x1b[2J", "\u202etxt.exe", "...", " ", "~", "con",
             "x" * 255, "%n%s%p", "'\"<script>alert(1)</script>", b"\xff\xfe\xc0\x80"):
    at = b"/work/" + (name if isinstance(name, bytes) else name.encode().replace(b"/", b"_"))
    attempt(lambda: open(at, "w").write("x"))
