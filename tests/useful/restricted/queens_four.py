# SPDX-License-Identifier: Apache-2.0
# profile: page
# Six queens, by backtracking.
def solve(n, placed=()):
    row = len(placed)
    if row == n:
        yield placed
        return
    for col in range(n):
        if all(col != c and abs(col - c) != row - r for r, c in enumerate(placed)):
            yield from solve(n, placed + (col,))


solutions = list(solve(6))
print(len(solutions), solutions[0])
for col in solutions[0]:
    print("." * col + "Q" + "." * (5 - col))
