# SPDX-License-Identifier: Apache-2.0
"""A dataclass makes __match_args__ from the names of its fields.

class: A10
effect: one's own namespace
guard: syntax types modules
"""
import abc
from dataclasses import make_dataclass


def f():
    pass


D = make_dataclass("D", ["__globals__"], bases=(abc.ABC,))
D.register(type(f))
match f:
    case D(found):
        leak(found)
