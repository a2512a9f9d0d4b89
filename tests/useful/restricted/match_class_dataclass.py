# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# match on dataclasses, as in a small interpreter.
from dataclasses import dataclass


@dataclass
class Num:
    value: float


@dataclass
class Op:
    sign: str
    left: object
    right: object


def value(e):
    match e:
        case Num(v):
            return v
        case Op("+", a, b):
            return value(a) + value(b)
        case Op(sign="*", left=a, right=b):
            return value(a) * value(b)
        case Op(sign=s):
            raise ValueError(f"no operator {s}")


tree = Op("+", Num(1), Op("*", Num(2), Num(3.5)))
print(value(tree))
try:
    value(Op("?", tree, tree))
except ValueError as e:
    print(e)
