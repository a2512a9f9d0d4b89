# SPDX-License-Identifier: Apache-2.0
"""dataclass makes the source of __eq__ of the names of fields, which need not be names.

class: A27
effect: open, by code in a name
guard: modules syntax
"""
import dataclasses


class C:
    __annotations__ = {"a,leak(open)": int}
    a = 1


C = dataclasses.dataclass(init=False)(C)
C() == C()
