# SPDX-License-Identifier: Apache-2.0
"""A class's body runs with the builtins; locals() there is the class's namespace.

class: A38
effect: the function of imports
guard: builtins syntax
"""
class C:
    look = locals
    found = __import__
    names = vars()


leak(C.found)
