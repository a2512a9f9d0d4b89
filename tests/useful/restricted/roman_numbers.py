# SPDX-License-Identifier: Apache-2.0
# profile: page
# Roman numerals, both ways.
TABLE = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
         (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def to_roman(n):
    out = ""
    for value, sign in TABLE:
        while n >= value:
            out += sign
            n -= value
    return out


def from_roman(text):
    values = dict((s, v) for v, s in TABLE)
    total = 0
    for a, b in zip(text, text[1:] + " "):
        v = values[a]
        total += -v if values.get(b, 0) > v else v
    return total


for n in (4, 9, 14, 40, 1999, 2024):
    print(n, to_roman(n), from_roman(to_roman(n)))
