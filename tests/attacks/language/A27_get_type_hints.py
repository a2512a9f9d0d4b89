# SPDX-License-Identifier: Apache-2.0
"""An annotation that is a text is evaluated by get_type_hints.

class: A27
effect: one's own namespace, by code in a text
guard: modules
"""
import typing


def f(x: "leak(f.__globals__)"):
    pass


typing.get_type_hints(f)
