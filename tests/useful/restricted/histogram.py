# SPDX-License-Identifier: Apache-2.0
# profile: page
# Marks as bars.
marks = [1, 2, 2, 3, 3, 3, 4, 5, 5, 2, 3, 1]
top = max(marks.count(m) for m in range(1, 6))
for level in range(top, 0, -1):
    print(" ".join("█" if marks.count(m) >= level else " " for m in range(1, 6)).rstrip())
print(*range(1, 6))
