# SPDX-License-Identifier: Apache-2.0
"""copy calls what an object's __reduce_ex__ says.

class: A26
effect: one's own namespace
guard: syntax modules types
"""
import copy


def f():
    pass


class C:
    def __reduce_ex__(self, version):
        return (getattr, (f, "__globals__"))


leak(copy.copy(C()))
