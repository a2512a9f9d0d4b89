# SPDX-License-Identifier: Apache-2.0
# profile: page
# Rows of sums.
row = [1]
for _ in range(7):
    print(" ".join(str(n) for n in row).center(30).rstrip())
    row = [a + b for a, b in zip([0] + row, row + [0])]
