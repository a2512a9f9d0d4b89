# SPDX-License-Identifier: Apache-2.0
"""operator.attrgetter reads attributes by a path.

class: A3
effect: the list of all classes
guard: modules types
"""
import operator

leak(operator.attrgetter("__class__.__base__.__subclasses__")(())())
