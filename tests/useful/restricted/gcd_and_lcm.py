# SPDX-License-Identifier: Apache-2.0
# profile: page
# Euclid.
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def extended(a, b):
    if b == 0:
        return a, 1, 0
    g, x, y = extended(b, a % b)
    return g, y, x - a // b * y


print(gcd(252, 105), 252 * 105 // gcd(252, 105), extended(240, 46))
g, x, y = extended(3, 11)
print("inverse of 3 modulo 11:", x % 11, pow(3, -1, 11))
