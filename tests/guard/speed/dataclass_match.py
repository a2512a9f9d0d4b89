# SPDX-License-Identifier: Apache-2.0
"""Dataclasses, enums and match."""
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    ADD = "add"
    MUL = "mul"
    NEG = "neg"


@dataclass
class Node:
    kind: Kind
    items: list


def value(node):
    match node:
        case int() | float():
            return node
        case ["add", left, right]:
            return value(left) + value(right)
        case ["mul", left, right]:
            return value(left) * value(right) % 1009
        case {"neg": inner}:
            return -value(inner)
    return 0


def main():
    total = 0
    made = []
    for i in range(25000):
        made.append(Node(Kind.ADD if i % 2 else Kind.MUL, [i]))
        total += value(["add", ["mul", i, 3], {"neg": i}])
    total += sum(1 for node in made if node.kind is Kind.ADD)
    return total
