# SPDX-License-Identifier: Apache-2.0
"""The name of a field becomes text of the __repr__ of each class derived from its own; what
stands for the name in the class of fields can set it.

class: A27
effect: the real import function, named in that text
guard: modules
"""
from dataclasses import Field, dataclass, field, fields


@dataclass
class Base:
    x: int = field(init=False)


found = []
name = Field.name
name.__set__(fields(Base)[0], "x[found.append(__import__)]")


@dataclass(init=False)
class Derived(Base):
    z: int = 2


derived = Derived()
derived.x = [1]
try:
    print(derived)
except TypeError as e:
    print(e)
leak(found[0])
