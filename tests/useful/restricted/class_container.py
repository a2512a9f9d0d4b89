# SPDX-License-Identifier: Apache-2.0
# profile: page
# A container of one's own: length, items, membership, iteration, calls.
class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, key):
        if isinstance(key, tuple):
            i, j = key
            return self.rows[i][j]
        return self.rows[key]

    def __setitem__(self, key, value):
        i, j = key
        self.rows[i][j] = value

    def __delitem__(self, i):
        del self.rows[i]

    def __contains__(self, value):
        return any(value in row for row in self.rows)

    def __iter__(self):
        return (x for row in self.rows for x in row)

    def __reversed__(self):
        return reversed(self.rows)

    def __call__(self, f):
        return Matrix([[f(x) for x in row] for row in self.rows])


m = Matrix([[1, 2], [3, 4]])
m[0, 1] = 20
print(len(m), m[0], m[1, 1], m[0:1], 3 in m, 99 in m, list(m), sum(m))
print(list(m(lambda x: x * x)), list(reversed(m)))
del m[0]
print(list(m), len(m))
