# SPDX-License-Identifier: Apache-2.0
"""A walk by reduce, each step a text.

class: A3
effect: the list of all classes
guard: builtins types
"""
from functools import reduce

leak(reduce(getattr, ["__class__", "__base__", "__subclasses__"], ())())
