# SPDX-License-Identifier: Apache-2.0
"""A function's code, changed, is code that no check has seen.

class: A35
effect: a code object
guard: syntax types
"""
def f():
    return a_name


code = f.__code__.replace(co_names=("__builtins__",))
leak(code)
f.__code__ = code
leak(f())
