# SPDX-License-Identifier: Apache-2.0
"""format_map with a mapping.

class: A5
effect: the text of a namespace
guard: types
"""
def f():
    pass


if "built-in" in "{f.__globals__[__builtins__]}".format_map({"f": f}):
    leak(leak)
