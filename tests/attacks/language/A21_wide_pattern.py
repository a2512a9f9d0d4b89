# SPDX-License-Identifier: Apache-2.0
"""So are the names in patterns.

class: A21
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


match f:
    case object(__ｇｌｏｂａｌｓ__=found):
        leak(found)
