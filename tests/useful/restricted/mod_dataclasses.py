# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Dataclasses with every option.
import dataclasses
from dataclasses import KW_ONLY, FrozenInstanceError, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, replace


@dataclass
class Item:
    name: str
    price: float = 0.0
    tags: list[str] = field(default_factory=list)
    hidden: int = field(default=1, repr=False, compare=False)

    def total(self, n):
        return self.price * n


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0


@dataclass
class Box:
    width: int
    _: KW_ONLY
    height: int = 1
    scale: InitVar[int] = 1
    area: int = field(init=False)

    def __post_init__(self, scale):
        self.area = self.width * self.height * scale


@dataclass(slots=True)
class Pixel(Item):
    x: int = 0


a = Item("tea", 1.5)
b = Item("tea", 1.5, hidden=9)
a.tags.append("hot")
print(a, b, a == b, a.total(3), asdict(a), astuple(b), replace(a, name="x"), [f.name for f in fields(Item)], is_dataclass(a))
print(sorted([Version(1, 2), Version(1), Version(0, 9)]), hash(Version(1)) == hash(Version(1)), {Version(1): "v"}[Version(1, 0)])
try:
    Version(1).major = 2
except FrozenInstanceError as e:
    print("frozen:", e)
print(Box(3, height=2, scale=10), Pixel("p", x=4), dataclasses.MISSING is fields(Item)[0].default, isinstance(fields(Item)[0], dataclasses.Field))
