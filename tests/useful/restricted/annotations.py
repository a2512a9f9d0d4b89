# SPDX-License-Identifier: Apache-2.0
# profile: page
# Annotations of variables, parameters and results are allowed and kept out of the way.
count: int = 0
names: list[str] = []
table: dict[str, tuple[int, ...]] = {"a": (1, 2)}
later: "Node | None" = None
width: float


class Node:
    value: int
    next: "Node | None" = None
    size: int = 3

    def __init__(self, value: int, next: "Node | None" = None) -> None:
        self.value: int = value
        self.next = next


def total(node: Node | None, *more: int, scale: float = 1.0, **named: str) -> float:
    result: float = 0
    while node is not None:
        result += node.value
        node = node.next
    return (result + sum(more)) * scale


print(total(Node(1, Node(2)), 3, scale=2.0), count, names, table, Node.size)
