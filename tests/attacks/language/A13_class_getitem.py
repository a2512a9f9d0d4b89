# SPDX-License-Identifier: Apache-2.0
"""A subscript of a class calls a method of it.

class: A13
effect: one's own namespace
guard: syntax types
"""
class C:
    def __class_getitem__(cls, item):
        return cls.__init_subclass__.__self__.__getitem__.__globals__

    def __getitem__(self, i):
        pass


leak(C[0])
