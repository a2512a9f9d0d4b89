# SPDX-License-Identifier: Apache-2.0
"""Exact linear algebra on matrices of fractions."""

from fractions import Fraction


class Matrix:
    """A matrix that is never changed; its entries are fractions."""

    def __init__(self, rows):
        self.rows = tuple(tuple(map(Fraction, row)) for row in rows)
        if len({len(row) for row in self.rows}) != 1:
            raise ValueError("the rows of a matrix are equally long")

    @classmethod
    def identity(cls, size):
        return cls([[int(i == j) for j in range(size)] for i in range(size)])

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix(
            [sum(a * b for a, b in zip(row, column)) for column in columns]
            for row in self.rows
        )

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def __hash__(self):
        return hash(self.rows)

    def __str__(self):
        cells = [[str(entry) for entry in row] for row in self.rows]
        widths = [max(map(len, column)) for column in zip(*cells)]
        lines = (
            "[ " + "  ".join(c.rjust(w) for c, w in zip(row, widths)) + " ]"
            for row in cells
        )
        return "\n".join(lines)

    def reduce(self, other):
        """Gauss and Jordan: (determinant of self, inverse of self times other)."""
        rows = [list(a + b) for a, b in zip(self.rows, other.rows)]
        size, determinant = len(rows), Fraction(1)
        for col in range(size):
            pivot = next((r for r in range(col, size) if rows[r][col]), None)
            if pivot is None:
                return Fraction(0), None
            if pivot != col:
                rows[col], rows[pivot] = rows[pivot], rows[col]
                determinant = -determinant
            determinant *= rows[col][col]
            rows[col] = [entry / rows[col][col] for entry in rows[col]]
            for r in range(size):
                if r != col:
                    by = rows[r][col]
                    rows[r] = [a - by * b for a, b in zip(rows[r], rows[col])]
        return determinant, Matrix(row[size:] for row in rows)


def main():
    a = Matrix([[2, 1, -1], [-3, -1, 2], [-2, 1, 2]])
    determinant, inverse = a.reduce(Matrix.identity(3))
    print(f"a\n{a}\ndeterminant {determinant}, inverse\n{inverse}")
    assert a @ inverse == Matrix.identity(3)

    _, solution = a.reduce(Matrix([[8], [-11], [-3]]))
    print("2x+y-z=8, -3x-y+2z=-11, -2x+y+2z=-3:", *(row[0] for row in solution.rows))

    hilbert = Matrix([[Fraction(1, i + j + 1) for j in range(5)] for i in range(5)])
    determinant, inverse = hilbert.reduce(Matrix.identity(5))
    print(f"Hilbert's matrix of 5 rows: determinant {determinant}, inverse\n{inverse}")
    print("singular:", Matrix([[1, 2], [2, 4]]).reduce(Matrix.identity(2)))


if __name__ == "__main__":
    main()
