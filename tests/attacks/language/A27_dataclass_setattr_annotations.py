# SPDX-License-Identifier: Apache-2.0
"""The names are put there by setattr, under a name put together; __repr__ is made of them.

class: A27
effect: open, by code in a name
guard: modules builtins types
"""
from dataclasses import dataclass


class C:
    a = 1


setattr(C, "__annot" + "ations__", {"a,leak(open)": int})
repr(dataclass(init=False)(C)())
