# SPDX-License-Identifier: Apache-2.0
"""__set_name__ is called with the class, in the midst of its making.

class: A13
effect: the list of all classes
guard: syntax types
"""
class Catch:
    def __set_name__(self, owner, name):
        leak(owner.mro()[-1].__subclasses__())


class C:
    x = Catch()
