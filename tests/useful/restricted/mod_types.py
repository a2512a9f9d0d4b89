# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# The types of things that have no name of their own.
import types
from types import EllipsisType, GenericAlias, MappingProxyType, NoneType, NotImplementedType, SimpleNamespace, UnionType


def kind(x):
    for t in (NoneType, EllipsisType, NotImplementedType, GenericAlias, UnionType, types.GeneratorType):
        if isinstance(x, t):
            return t.__name__
    return "?"


print([kind(x) for x in (None, ..., NotImplemented, list[int], int | str, (n for n in ()), 1)])
point = SimpleNamespace(x=1, y=2)
point.z = point.x + point.y
print(point, point == SimpleNamespace(x=1, y=2, z=3))
settings = MappingProxyType({"color": "red"})
print(settings["color"], list(settings), settings | {"size": 1})
try:
    settings["color"] = "blue"
except TypeError as e:
    print("TypeError")
