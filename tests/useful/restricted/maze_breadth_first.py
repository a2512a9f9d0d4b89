# SPDX-License-Identifier: Apache-2.0
# profile: page
# The shortest way through a maze.
from collections import deque

MAZE = ["#########", "#S..#...#", "#.#.#.#.#", "#.#...#E#", "#########"]


def find(sign):
    return next((y, row.index(sign)) for y, row in enumerate(MAZE) if sign in row)


def shortest(start, end):
    queue, seen = deque([(start, "")]), {start}
    while queue:
        (y, x), path = queue.popleft()
        if (y, x) == end:
            return path
        for move, (dy, dx) in {"U": (-1, 0), "D": (1, 0), "L": (0, -1), "R": (0, 1)}.items():
            near = (y + dy, x + dx)
            if MAZE[near[0]][near[1]] != "#" and near not in seen:
                seen.add(near)
                queue.append((near, path + move))


print(shortest(find("S"), find("E")))
