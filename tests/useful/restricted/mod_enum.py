# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Enumerations.
import enum
from enum import CONTINUOUS, UNIQUE, Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = auto()
    BLUE = auto()

    @property
    def pretty(self):
        return self.name.capitalize()

    @classmethod
    def favourite(cls):
        return cls.BLUE


@unique
class Level(IntEnum):
    LOW = 1
    HIGH = 10


class Perm(Flag):
    READ = auto()
    WRITE = auto()
    EXEC = auto()
    ALL = READ | WRITE | EXEC


class Mode(StrEnum):
    FAST = auto()
    SLOW = "s"


class Bits(IntFlag):
    A = 1
    B = 2


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.642, 3.39)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius


print(Color.RED, repr(Color.GREEN), Color.BLUE.value, Color.BLUE.name, Color["RED"], Color(2), list(Color), len(Color), Color.RED in Color, Color.RED.pretty, Color.favourite() is Color.BLUE)
print(Level.HIGH > Level.LOW, Level.HIGH + 1, sorted(Level), Perm.READ | Perm.WRITE, Perm.READ in Perm.ALL, Perm.ALL & ~Perm.EXEC, bool(Perm.READ & Perm.WRITE), Mode.FAST, Mode("s"), Mode.FAST.upper(), Bits.A | Bits.B == 3, Planet.EARTH.mass)
for bad in (lambda: Color(9), lambda: Color["PINK"]):
    try:
        bad()
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e)
try:
    Color.RED = 5
except AttributeError:
    print("members stay")


@enum.verify(UNIQUE, CONTINUOUS)
class Day(Enum):
    MON = 1
    TUE = 2


class Odd(Enum):
    X = 1
    helper = enum.nonmember(5)

    @enum.member
    def f():
        return 1


print(list(Day), Odd.helper, len(Odd), {Color.RED: "r"}[Color.RED], Color.RED is Color(1), isinstance(Color.RED, Color))
