# SPDX-License-Identifier: Apache-2.0
"""A static method shows its function.

class: A25
effect: one's own namespace
guard: types syntax
"""
class C:
    @staticmethod
    def s():
        pass


leak(vars(C)["s"].__func__.__globals__)
leak(vars(C)["s"].__wrapped__.__globals__)
