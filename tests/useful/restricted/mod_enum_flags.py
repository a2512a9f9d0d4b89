# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# What a flag does with bits that have no name, and enums of other types.
import enum
from enum import CONFORM, EJECT, KEEP, NAMED_FLAGS, STRICT, Enum, Flag, FlagBoundary, ReprEnum


class Keep(Flag, boundary=KEEP):
    A = 1


class Eject(Flag, boundary=EJECT):
    A = 1


class Conform(Flag, boundary=CONFORM):
    A = 1


class Strict(Flag, boundary=STRICT):
    A = 1


@enum.verify(NAMED_FLAGS)
class Named(Flag):
    A = 1
    B = 2
    AB = 3


class Price(float, ReprEnum):
    LOW = 1.5


print(Keep(9).value, Eject(9), Conform(9), isinstance(STRICT, FlagBoundary), list(Named), Price.LOW * 2, Price.LOW)
try:
    Strict(9)
except ValueError as e:
    print("ValueError")
print(isinstance(Keep, enum.EnumMeta), isinstance(Keep, enum.EnumType), issubclass(Keep, Enum))
