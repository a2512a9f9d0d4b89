# SPDX-License-Identifier: Apache-2.0
"""Sets that merge: islands on a map, and the cheapest network (Kruskal)."""

MAP = """
##..#...
#..##..#
..#....#
.##..##.
"""
CABLES = [
    (7, "A", "D"), (5, "A", "B"), (8, "B", "C"), (9, "B", "D"), (7, "B", "E"),
    (5, "C", "E"), (15, "D", "E"), (6, "D", "F"), (8, "E", "F"), (9, "E", "G"),
]  # fmt: skip


class UnionFind:
    def __init__(self):
        self._parent = {}
        self._size = {}

    def add(self, item):
        if item not in self._parent:
            self._parent[item] = item
            self._size[item] = 1

    def find(self, item):
        """The one that stands for the item's set; shortens the way there."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def union(self, a, b):
        """Merge two sets; False if they were one already."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self._size[a] < self._size[b]:
            a, b = b, a
        self._parent[b] = a
        self._size[a] += self._size.pop(b)
        return True

    def sizes(self):
        return sorted(self._size.values(), reverse=True)


def islands(text):
    land = UnionFind()
    rows = text.split()
    cells = [(x, y) for y, row in enumerate(rows) for x in range(8) if row[x] == "#"]
    for cell in cells:
        land.add(cell)
    for x, y in cells:
        for other in ((x + 1, y), (x, y + 1)):
            if other in cells:
                land.union((x, y), other)
    return land.sizes()


def cheapest_network(cables):
    sites = UnionFind()
    for _cost, a, b in cables:
        sites.add(a)
        sites.add(b)
    return [(cost, a, b) for cost, a, b in sorted(cables) if sites.union(a, b)]


def main():
    sizes = islands(MAP)
    print(f"{len(sizes)} islands of {sizes} cells")
    network = cheapest_network(CABLES)
    for cost, a, b in network:
        print(f"{a}-{b} {cost}")
    print("cost:", sum(cost for cost, _a, _b in network))


if __name__ == "__main__":
    main()
