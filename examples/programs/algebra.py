# SPDX-License-Identifier: Apache-2.0
"""Formulas as trees: written out, worked out, simplified, and differentiated."""

from dataclasses import dataclass
from operator import add, mul


@dataclass
class Num:
    value: int


@dataclass
class Var:
    name: str


@dataclass
class Op:
    sign: str
    left: object
    right: object


def simplify(node):
    if isinstance(node, Op):
        node = Op(node.sign, simplify(node.left), simplify(node.right))
    match node:
        case Op(_, Num(), Num()):
            return Num(value(node))
        case Op("+", Num(0), other) | Op("+", other, Num(0)):
            return other
        case Op("*", Num(0), _) | Op("*", _, Num(0)):
            return Num(0)
        case Op("*", Num(1), other) | Op("*", other, Num(1)):
            return other
        case Op("+", left, right) if left == right:
            return Op("*", Num(2), left)
    return node


def derive(node, by):
    match node:
        case Num():
            return Num(0)
        case Var(name):
            return Num(int(name == by))
        case Op("+", left, right):
            return Op("+", derive(left, by), derive(right, by))
        case Op("*", left, right):
            first, second = Op("*", derive(left, by), right), Op(
                "*", left, derive(right, by)
            )
            return Op("+", first, second)


def text(node):
    match node:
        case Num(value=value) | Var(name=value):
            return str(value)
        case Op(sign, left, right):
            return f"({text(left)} {sign} {text(right)})"


def value(node, **names):
    match node:
        case Num(number):
            return number
        case Var(name):
            return names[name]
        case Op(sign, left, right):
            return {"+": add, "*": mul}[sign](value(left, **names), value(right, **names))


if __name__ == "__main__":
    x = Var("x")
    formula = Op("+", Op("*", x, x), Op("+", Op("*", Num(3), x), Num(4)))
    slope = derive(formula, "x")
    print(text(formula), text(slope), text(simplify(slope)), sep="\n")
    print(value(formula, x=2), value(slope, x=2), value(simplify(slope), x=2))
