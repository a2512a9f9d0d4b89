# SPDX-License-Identifier: Apache-2.0
"""The type of code makes code out of bytes.

class: A35
effect: the type of code
guard: syntax builtins types
"""
def f():
    pass


leak(type(f.__code__))
