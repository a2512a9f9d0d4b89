# SPDX-License-Identifier: Apache-2.0
"""format inside a partial, called by re.sub.

class: A5
effect: the text of a namespace
guard: types
"""
import functools
import re


def f():
    pass


fill = functools.partial(str.format, "{1.__globals__}")
text = re.sub("x", lambda m: fill(m, f)[:4000], "x")
if "__builtins__" in text:
    leak(leak)
