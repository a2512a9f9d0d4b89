# SPDX-License-Identifier: Apache-2.0
"""A text in a generic type becomes a ForwardRef, and is evaluated with its neighbours.

class: A27
effect: open, by code in a text
guard: modules
"""
from typing import List, get_type_hints


class C:
    x: List["leak(open)"]


try:
    get_type_hints(C)
except TypeError:
    pass
