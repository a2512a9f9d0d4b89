# SPDX-License-Identifier: Apache-2.0
"""Recursion through C, without the interpreter's limit.

class: C6
effect: the process of anything but the cell ends
always: the stack is the cell's own, with a guard and RLIMIT_STACK
"""
sys.setrecursionlimit(1 << 30)


class Deep:
    def __repr__(self):
        return repr(self)


repr(Deep())
