# SPDX-License-Identifier: Apache-2.0
"""A function that calls itself in its handler.

class: A31
effect: a limit of recursion is met again and again
guard: end
profile: page
"""
def again(n):
    try:
        return again(n + 1)
    except BaseException:
        return n


if again(0) > 50:
    leak(leak)
