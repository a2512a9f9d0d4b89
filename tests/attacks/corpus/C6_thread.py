# SPDX-License-Identifier: Apache-2.0
"""Recursion on a small stack: a thread's, without the interpreter's limit.

class: C6
effect: the process of anything but the cell ends
always: a stack is the cell's own, with a guard
"""
import threading

sys.setrecursionlimit(1 << 30)
threading.stack_size(32768)


class Deep:
    def __eq__(self, other):
        return [self] == [other]


thread = threading.Thread(target=lambda: Deep() == Deep())
thread.start()
thread.join()
