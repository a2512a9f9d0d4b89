# SPDX-License-Identifier: Apache-2.0
# profile: page
# A list made of nodes.
class Node:
    def __init__(self, value, rest=None):
        self.value, self.rest = value, rest


class LinkedList:
    def __init__(self, values=()):
        self.head = None
        for v in reversed(list(values)):
            self.push(v)

    def push(self, value):
        self.head = Node(value, self.head)

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.rest

    def __len__(self):
        return sum(1 for _ in self)

    def reverse(self):
        before, node = None, self.head
        while node:
            node.rest, before, node = before, node, node.rest
        self.head = before

    def __str__(self):
        return " -> ".join(map(str, self)) or "empty"


lst = LinkedList("abc")
lst.push("z")
lst.reverse()
print(lst, len(lst), "b" in lst, LinkedList())
