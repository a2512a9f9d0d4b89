# SPDX-License-Identifier: Apache-2.0
"""methodcaller calls __getattribute__, which reads by name in its turn.

class: A3
effect: one's own namespace
guard: modules types
"""
import operator


def f():
    pass


leak(operator.methodcaller("__getattribute__", "__globals__")(f))
