# SPDX-License-Identifier: Apache-2.0
"""Make a maze with a fixed seed, find the way through it, and draw both."""

import random
from collections import deque

WIDTH, HEIGHT = 16, 8
DIRECTIONS = {"N": (0, -1), "S": (0, 1), "W": (-1, 0), "E": (1, 0)}


def neighbours(cell):
    for dx, dy in DIRECTIONS.values():
        x, y = cell[0] + dx, cell[1] + dy
        if 0 <= x < WIDTH and 0 <= y < HEIGHT:
            yield x, y


def carve(rng):
    """A set of open walls, each a pair of cells: a tree that reaches all of them."""
    opened, seen, stack = set(), {(0, 0)}, [(0, 0)]
    while stack:
        unseen = [cell for cell in neighbours(stack[-1]) if cell not in seen]
        if not unseen:
            stack.pop()
            continue
        cell = rng.choice(unseen)
        opened.add(frozenset((stack[-1], cell)))
        seen.add(cell)
        stack.append(cell)
    return opened


def find_way(opened, start, goal):
    """The shortest way, by a search in breadth."""
    came_from = {start: None}
    queue = deque([start])
    while queue:
        cell = queue.popleft()
        if cell == goal:
            break
        for other in neighbours(cell):
            if other not in came_from and frozenset((cell, other)) in opened:
                came_from[other] = cell
                queue.append(other)
    way = []
    while goal is not None:
        way.append(goal)
        goal = came_from[goal]
    return way[::-1]


def draw(opened, way):
    print("+" + "---+" * WIDTH)
    for y in range(HEIGHT):
        line, below = "|", "+"
        for x in range(WIDTH):
            mark = " o " if (x, y) in way else "   "
            line += mark + (" " if frozenset(((x, y), (x + 1, y))) in opened else "|")
            below += ("   " if frozenset(((x, y), (x, y + 1))) in opened else "---") + "+"
        print(line)
        print(below)


def main():
    opened = carve(random.Random(7))
    way = find_way(opened, (0, 0), (WIDTH - 1, HEIGHT - 1))
    draw(opened, set(way))
    print(f"{len(opened)} walls opened, the way has {len(way)} cells")


if __name__ == "__main__":
    main()
