# SPDX-License-Identifier: Apache-2.0
"""A decorator and a base are expressions that run; so does a class's body.

class: A12
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


@(lambda cls: leak(f.__globals__))
class A((leak(f.__globals__), object)[1]):
    leak(f.__globals__)
