# SPDX-License-Identifier: Apache-2.0
"""One whose items, length and membership lie.

class: A4
effect: the module builtins
guard: builtins types
"""
class Name(str):
    def __getitem__(self, i):
        return "a"

    def __len__(self):
        return 1

    def __contains__(self, x):
        return False

    def __iter__(self):
        return iter("harmless")


leak(getattr(print, Name("__self__")))
