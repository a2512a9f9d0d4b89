# SPDX-License-Identifier: Apache-2.0
# profile: page
# Bases by hand.
def to_base(n, base):
    digits = ""
    while n:
        n, d = divmod(n, base)
        digits = "0123456789abcdef"[d] + digits
    return digits or "0"


for n in (0, 5, 255, 1000):
    print(n, to_base(n, 2), to_base(n, 8), to_base(n, 16), int(to_base(n, 2), 2) == n)
