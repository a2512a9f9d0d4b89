# SPDX-License-Identifier: Apache-2.0
"""Queens on a board, with bit masks; a knight's tour by Warnsdorff's rule."""


def count_queens(n):
    """How many ways n queens stand on a board without a threat."""
    full = (1 << n) - 1

    def place(columns, left, right):
        if columns == full:
            return 1
        free = full & ~(columns | left | right)
        total = 0
        while free:
            bit = free & -free
            free ^= bit
            total += place(columns | bit, (left | bit) << 1, (right | bit) >> 1)
        return total

    return place(0, 0, 0)


def first_queens(n, placed=()):
    """The columns of the first solution in dictionary order, or None."""
    row = len(placed)
    if row == n:
        return placed
    for column in range(n):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(placed)):
            if solution := first_queens(n, (*placed, column)):
                return solution
    return None


def knights_tour(n):
    """Always go where the fewest ways lead on."""
    jumps = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)]
    order = {(0, 0): 1}
    here = (0, 0)

    def ways(cell):
        around = [(cell[0] + dr, cell[1] + dc) for dr, dc in jumps]
        return [c for c in around if 0 <= c[0] < n and 0 <= c[1] < n and c not in order]

    while options := ways(here):
        here = min(options, key=lambda cell: (len(ways(cell)), cell))
        order[here] = len(order) + 1
    return order


def main():
    for row in first_queens(8):
        print(" ".join("Q" if column == row else "." for column in range(8)))
    print("ways for 1 to 8 queens:", [count_queens(n) for n in range(1, 9)])
    print("three queens:", first_queens(3))

    tour = knights_tour(6)
    print("visited:", len(tour), "of 36")
    for row in range(6):
        print(" ".join(f"{tour.get((row, column), 0):2}" for column in range(6)))


if __name__ == "__main__":
    main()
