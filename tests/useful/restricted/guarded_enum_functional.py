# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Enumerations made by a call, from plain names.
from enum import Enum, Flag

Animal = Enum("Animal", "CAT DOG")
Shape = Enum("Shape", ["SQUARE", "CIRCLE"])
Perm = Flag("Perm", {"R": 4, "W": 2})
print(list(Animal), Animal.DOG.value, Shape.CIRCLE, Perm.R | Perm.W)
