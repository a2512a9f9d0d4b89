# SPDX-License-Identifier: Apache-2.0
"""As many files as there may be, with names as long as they may be: a record for each.

class: C13
effect: the broker grows
always: names have a maximum and their number is limits.inodes
"""
try:
    for i in range(1000):
        with open(f"/work/{i:04}" + "x" * 250, "w") as f:
            f.write("x")
except OSError as e:
    print(i, e)
