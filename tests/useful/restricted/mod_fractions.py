# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Exact fractions.
from fractions import Fraction

a, b = Fraction(1, 3), Fraction("3/4")
print(a + b, a - b, a * b, a / b, a ** 2, b // a, b % a, -a, abs(Fraction(-1, 2)), a < b, max(a, b))
print(Fraction(0.75), Fraction("0.125"), Fraction(6, 8).numerator, b.denominator, float(a) == 1 / 3, round(b), int(Fraction(7, 2)), Fraction(3.14159).limit_denominator(100), Fraction.from_float(0.5), sum([a] * 3), a == Fraction(2, 6), repr(a), str(b), b.as_integer_ratio(), divmod(b, a), Fraction(5))
from decimal import Decimal
print(Fraction.from_decimal(Decimal("1.5")), Fraction(Decimal("0.1")))
try:
    Fraction(1, 0)
except ZeroDivisionError as e:
    print(e)
