# SPDX-License-Identifier: Apache-2.0
"""A metaclass's methods see every class that uses it, and type's own methods.

class: A13
effect: the list of all classes
guard: syntax types
"""
class M(type):
    def start(cls):
        return super().mro()[-1]


class C(metaclass=M):
    pass


leak(type.__subclasses__(C.start()))
