# SPDX-License-Identifier: Apache-2.0
# profile: page
# A search tree.
class Tree:
    def __init__(self):
        self.root = None

    def insert(self, key):
        def put(node):
            if node is None:
                return [key, None, None]
            side = 1 if key < node[0] else 2
            node[side] = put(node[side])
            return node

        self.root = put(self.root)
        return self

    def walk(self):
        def go(node):
            if node:
                yield from go(node[1])
                yield node[0]
                yield from go(node[2])

        return list(go(self.root))

    def depth(self):
        def go(node):
            return 1 + max(go(node[1]), go(node[2])) if node else 0

        return go(self.root)


t = Tree()
for n in (5, 2, 8, 1, 9, 3):
    t.insert(n)
print(t.walk(), t.depth())
