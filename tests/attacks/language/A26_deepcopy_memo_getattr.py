# SPDX-License-Identifier: Apache-2.0
"""A method of str reduces to getattr, str and its name, and the memo of deepcopy is asked
what becomes of each.

class: A26
effect: the module of built-ins, by getattr(print, "__self__") in the library
guard: types, modules
"""
import copy


class Memo:
    """Gives print for str, and for what is asked about after it another name."""

    def __init__(self):
        self.asked = 0

    def get(self, key, default=None):
        self.asked += 1
        if key == id(str):
            return print
        return "__self__" if self.asked == 3 else default

    def __setitem__(self, key, value):
        pass

    def __getitem__(self, key):
        return []


leak(copy.deepcopy(str.upper, Memo()))
