# SPDX-License-Identifier: Apache-2.0
"""The name __class__ in a method is a cell that no attribute reads.

class: A1
effect: the list of all classes
guard: syntax types
"""
class C:
    def start(self):
        return __class__


leak(C().start().__base__.__subclasses__())
