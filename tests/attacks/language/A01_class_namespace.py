# SPDX-License-Identifier: Apache-2.0
"""A class's namespace gives its functions, without binding them.

class: A1
effect: one's own namespace with __builtins__ in it
guard: syntax types
"""
class C:
    def method(self):
        pass


leak(C.__dict__["method"].__globals__)
leak(C().method.__func__.__globals__)
