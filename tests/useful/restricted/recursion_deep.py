# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# A few hundred calls deep.
import functools


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


@functools.cache
def paths(x, y):
    return 1 if x == 0 or y == 0 else paths(x - 1, y) + paths(x, y - 1)


print(depth(700), paths(14, 14))
