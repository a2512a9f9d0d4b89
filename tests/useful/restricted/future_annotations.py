# SPDX-License-Identifier: Apache-2.0
# profile: page
# Annotations that are never evaluated.
from __future__ import annotations


class Node:
    def __init__(self, rest: Node | None = None) -> None:
        self.rest = rest

    def last(self) -> Node:
        return self if self.rest is None else self.rest.last()


first: Unknown = Node(Node())
print(first.last() is first.rest)
