# SPDX-License-Identifier: Apache-2.0
"""The value of a type alias is computed when it is asked for, in a frame of its own.

class: A33
effect: one's own namespace
guard: syntax types
since: 3.12
"""
def f():
    pass


type Later = leak(f.__globals__)
Later.__value__
