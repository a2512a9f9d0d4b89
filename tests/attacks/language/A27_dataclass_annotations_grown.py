# SPDX-License-Identifier: Apache-2.0
"""The annotations of a class's body are a dictionary, which the body can write into.

class: A27
effect: open, by code in a name
guard: modules syntax
"""
from dataclasses import dataclass


class C:
    a: int = 1
    __annotations__["a,leak(open)"] = int


C = dataclass(init=False, order=True)(C)
C() < C()
