# SPDX-License-Identifier: Apache-2.0
# profile: page
# The longest chain below fifty.
def length(n):
    steps = 0
    while n != 1:
        n = 3 * n + 1 if n % 2 else n // 2
        steps += 1
    return steps


best = max(range(1, 50), key=length)
print(best, length(best))
