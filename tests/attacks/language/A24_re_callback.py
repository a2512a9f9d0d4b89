# SPDX-License-Identifier: Apache-2.0
"""re.sub calls a function for each match.

class: A24
effect: one's own namespace
guard: builtins types
"""
import re


def f():
    pass


def walk(m):
    leak(getattr(f, m.expand(r"__\1__")))
    return ""


re.sub(r"(\w+)", walk, "globals")
