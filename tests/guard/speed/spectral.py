# SPDX-License-Identifier: Apache-2.0
"""The largest singular value of an endless matrix, cut off."""
import math


def a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(u):
    n = range(len(u))
    return [sum(a(i, j) * u[j] for j in n) for i in n]


def transposed(u):
    n = range(len(u))
    return [sum(a(j, i) * u[j] for j in n) for i in n]


def main():
    u = [1.0] * 130
    for step in range(5):
        v = transposed(times(u))
        u = transposed(times(v))
    vbv = sum(x * y for x, y in zip(u, v))
    vv = sum(y * y for y in v)
    return round(math.sqrt(vbv / vv), 6)
