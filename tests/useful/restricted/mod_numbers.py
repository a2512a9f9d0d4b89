# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Abstract kinds of numbers.
import numbers
from fractions import Fraction

for x in (1, True, 1.5, 1j, Fraction(1, 2), "1"):
    print(x, [k.__name__ for k in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral) if isinstance(x, k)])
