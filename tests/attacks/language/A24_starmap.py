# SPDX-License-Identifier: Apache-2.0
"""So does starmap.

class: A24
effect: the list of all classes
guard: builtins types
"""
import itertools

for found in itertools.starmap(getattr, [(object, "__subclasses__")]):
    leak(found())
