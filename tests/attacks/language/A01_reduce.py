# SPDX-License-Identifier: Apache-2.0
"""What an object reduces to begins with a function of copyreg.

class: A1
effect: the namespace of copyreg
guard: syntax types
"""
class C:
    pass


leak(C().__reduce_ex__(2)[0].__globals__)
leak(C().__reduce__()[0].__globals__)
