# SPDX-License-Identifier: Apache-2.0
"""A class pattern reads an attribute without an attribute node.

class: A10
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


match f:
    case object(__globals__=found):
        leak(found)
