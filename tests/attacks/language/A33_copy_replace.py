# SPDX-License-Identifier: Apache-2.0
"""copy.replace calls a method by name, on anything.

class: A33
effect: a code object
guard: modules types
since: 3.13
"""
import copy


def f():
    pass


leak(copy.replace(f.__code__, co_name="g"))
