# SPDX-License-Identifier: Apache-2.0
# profile: page
# A formula with three cases.
import math


def solve(a, b, c):
    d = b * b - 4 * a * c
    if d > 0:
        r = math.sqrt(d)
        return sorted([(-b - r) / (2 * a), (-b + r) / (2 * a)])
    if d == 0:
        return [-b / (2 * a)]
    return []


for abc in ((1, -3, 2), (1, 2, 1), (1, 0, 1)):
    print(abc, solve(*abc))
