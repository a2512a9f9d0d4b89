# SPDX-License-Identifier: Apache-2.0
"""The same with __reduce__.

class: A26
effect: the list of all classes
guard: syntax modules types
"""
import copy


class C:
    def __reduce__(self):
        return (getattr, (object, "__subclasses__"))


leak(copy.copy(C())())
