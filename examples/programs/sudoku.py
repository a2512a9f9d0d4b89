# SPDX-License-Identifier: Apache-2.0
"""Solve Sudoku by backtracking, always at the cell with the fewest candidates."""

PUZZLE = """
2 . 9 | 5 . . | 6 . .
. . 8 | 2 . . | . . .
5 4 . | . . . | . . 9
------+-------+------
. 7 . | . . 6 | . . .
. 1 . | . 9 . | . 5 .
. . . | 3 . . | . 2 .
------+-------+------
4 . . | . . . | . 9 8
. . . | . . 3 | 5 . .
. . 3 | . . 1 | 7 . 2
"""


def parse(text):
    cells = [0 if sign == "." else int(sign) for sign in text if sign in ".123456789"]
    if len(cells) != 81:
        raise ValueError(f"81 cells expected, {len(cells)} found")
    return cells


def peers(cell):
    """The other cells of a cell's row, column and box."""
    row, column = divmod(cell, 9)
    box = 27 * (row // 3) + 3 * (column // 3)
    same_row = {9 * row + i for i in range(9)}
    same_column = {column + 9 * i for i in range(9)}
    same_box = {box + 9 * i + j for i in range(3) for j in range(3)}
    return (same_row | same_column | same_box) - {cell}


PEERS = [peers(cell) for cell in range(81)]


def solve(cells):
    """Yield every solution; count the digits tried in solve.tried."""
    choices = {
        cell: set(range(1, 10)) - {cells[peer] for peer in PEERS[cell]}
        for cell in range(81)
        if not cells[cell]
    }
    if not choices:
        yield list(cells)
        return
    cell = min(choices, key=lambda cell: len(choices[cell]))
    for digit in sorted(choices[cell]):
        solve.tried += 1
        cells[cell] = digit
        yield from solve(cells)
        cells[cell] = 0


def show(cells):
    for row in range(9):
        if row in (3, 6):
            print("------+-------+------")
        digits = [str(cells[9 * row + column]) for column in range(9)]
        print(" | ".join(" ".join(digits[i : i + 3]) for i in (0, 3, 6)))


def main():
    solve.tried = 0
    solutions = list(solve(parse(PUZZLE)))
    show(solutions[0])
    assert all(
        solutions[0][c] not in {solutions[0][p] for p in PEERS[c]} for c in range(81)
    )
    print(f"{len(solutions)} solution, {solve.tried} digits tried")


if __name__ == "__main__":
    main()
