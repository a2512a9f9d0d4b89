# SPDX-License-Identifier: Apache-2.0
"""An object without methods of its own is reduced by object's, found by name.

class: A26
effect: the namespace of copyreg
guard: types modules
"""
import copy


class C:
    def __getattribute__(self, name):
        found = object.__getattribute__(self, name)
        if name == "__reduce_ex__":
            leak(found(2)[0].__globals__)
        return found


class D(C):
    __copy__ = None


c = C()
copy.copy(c)
c.__reduce_ex__(2)
