# SPDX-License-Identifier: Apache-2.0
"""A Template's pattern is an attribute of the subclass; the mapping is asked for what it finds.

class: A6
effect: one's own namespace
guard: syntax types
"""
import string


def f():
    pass


class Walk(dict):
    def __missing__(self, path):
        at = f
        for step in path.split("."):
            at = getattr(at, step)
        leak(at)
        return ""


class T(string.Template):
    idpattern = r"(?a:[\w.]+)"


T("$__globals__").substitute(Walk())
