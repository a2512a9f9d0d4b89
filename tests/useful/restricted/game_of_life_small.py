# SPDX-License-Identifier: Apache-2.0
# profile: page
# Four generations of a glider.
def step(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    spot = (x + dx, y + dy)
                    counts[spot] = counts.get(spot, 0) + 1
    return {c for c, n in counts.items() if n == 3 or (n == 2 and c in cells)}


cells = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for _ in range(4):
    cells = step(cells)
for y in range(5):
    print("".join("#" if (x, y) in cells else "." for x in range(5)))
