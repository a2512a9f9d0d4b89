# SPDX-License-Identifier: Apache-2.0
# profile: page
# Copies of plain objects of own classes, without any special method.
import copy


class Node:
    def __init__(self, name, links=()):
        self.name = name
        self.links = list(links)


a = Node("a", [Node("b")])
b = copy.copy(a)
c = copy.deepcopy(a)
a.links[0].name = "changed"
print(b.links[0].name, c.links[0].name, b is a, b.links is a.links, c.links is a.links)
