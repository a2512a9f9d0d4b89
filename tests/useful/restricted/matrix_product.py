# SPDX-License-Identifier: Apache-2.0
# profile: page
# Matrices as lists of lists.
def multiply(a, b):
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]


def power(m, n):
    result = [[int(i == j) for j in range(len(m))] for i in range(len(m))]
    for _ in range(n):
        result = multiply(result, m)
    return result


print(multiply([[1, 2], [3, 4]], [[5, 6], [7, 8]]), power([[1, 1], [1, 0]], 10))
