# SPDX-License-Identifier: Apache-2.0
"""Recursion in C by data: JSON, copying and comparing that nest deeper than the stack.

class: C6
effect: the process of anything but the cell ends
always: the stack is the cell's own, with a guard and RLIMIT_STACK
"""
import copy

sys.setrecursionlimit(1 << 30)
deep = []
for _ in range(1 << 20):
    deep = [deep]
for act in (lambda: json.loads("[" * (1 << 20)), lambda: deep == copy.deepcopy(deep)):
    try:
        act()
    except (RecursionError, MemoryError, ValueError) as e:
        print(type(e).__name__)
