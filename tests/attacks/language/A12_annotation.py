# SPDX-License-Identifier: Apache-2.0
"""An annotation is an expression that runs.

class: A12
effect: the list of all classes
guard: syntax types
"""
def never_called(x: leak(().__class__.__base__.__subclasses__())) -> None:
    pass
