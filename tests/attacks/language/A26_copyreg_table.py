# SPDX-License-Identifier: Apache-2.0
"""copyreg's table says how other classes are reduced.

class: A26
effect: open
guard: builtins
"""
import copyreg
import copy


class C:
    pass


copyreg.dispatch_table[C] = lambda c: (getattr, (copyreg, "__builtins__"))
leak(copy.copy(C())["open"])
