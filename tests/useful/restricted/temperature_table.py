# SPDX-License-Identifier: Apache-2.0
# profile: page
# Degrees, in a table.
print("  C      F")
for c in range(-20, 41, 10):
    f = c * 9 / 5 + 32
    print(f"{c:>3}  {f:>6.1f}" + ("  freezing" if c <= 0 else ""))
