# SPDX-License-Identifier: Apache-2.0
"""So does a finalizer of weakref, at the latest when the process ends.

class: A29
effect: code runs after the last line
guard: builtins
"""
import weakref


class C:
    pass


c = C()
weakref.finalize(c, leak, leak)
