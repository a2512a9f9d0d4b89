# SPDX-License-Identifier: Apache-2.0
"""A weak reference calls back.

class: A29
effect: code runs when an object goes away
guard: builtins
"""
import weakref


class C:
    pass


c = C()
ref = weakref.ref(c, lambda r: leak(leak))
del c
