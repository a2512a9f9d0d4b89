# SPDX-License-Identifier: Apache-2.0
"""operator.call calls.

class: A24
effect: one's own namespace
guard: builtins types
"""
import operator


def f():
    pass


leak(operator.call(getattr, f, "__globals__"))
