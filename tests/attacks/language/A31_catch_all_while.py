# SPDX-License-Identifier: Apache-2.0
"""A loop with a handler for everything goes on for ever.

class: A31
effect: a loop ran longer than its budget
guard: syntax
profile: page
"""
n = 0
while n < 30_000:
    try:
        n += 1
        raise ValueError
    except BaseException:
        continue
leak(leak)
