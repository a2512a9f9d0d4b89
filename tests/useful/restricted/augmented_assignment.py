# SPDX-License-Identifier: Apache-2.0
# profile: page
# Every operator that assigns.
n = 10
n += 5
n -= 3
n *= 4
n //= 5
n **= 2
n %= 50
print(n)
n <<= 3
n >>= 1
n |= 1
n &= 0xFF
n ^= 3
print(n)
x = 9.0
x /= 4
print(x)
words = ["a"]
words += ["b", "c"]
words *= 2
print(words)
table = {"k": 1}
table["k"] += 41
table |= {"m": 2}
print(table)
