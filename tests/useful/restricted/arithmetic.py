# SPDX-License-Identifier: Apache-2.0
# profile: page
# The four operations and their kin, with the rules of signs.
print(7 + 3, 7 - 10, 7 * 3, 7 / 2, 7 // 2, 7 % 3, 2 ** 10)
print(-7 // 2, -7 % 3, divmod(-7, 3), 7.5 // 2, 7.5 % 2)
print(abs(-3.5), round(2.5), round(3.5), round(2.675, 2), round(1234, -2))
print(int("42"), int("ff", 16), int("0b101", 0), float("1e3"), int(3.99), int(-3.99))
print(pow(3, 4), pow(3, 4, 5), max(3, 9, 2), min([4, 1, 6]), sum(range(11)), sum([0.5, 1.5], 10))
print(0x1F, 0o17, 0b1010, 1_000_000, 1e-3, .5, 3j * 3j)
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 5 << 2, 20 >> 2)
print(+3, -3, not 3, 3 == 3.0, 3 != 3.5)
