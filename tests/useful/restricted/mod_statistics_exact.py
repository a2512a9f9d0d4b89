# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Averages of fractions and decimals stay what they are.
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median, pvariance

print(mean([Fraction(1, 2), Fraction(1, 3)]), mean([Decimal("0.5"), Decimal("1.5")]), median([Fraction(1), Fraction(2)]), pvariance([Decimal(1), Decimal(2)]))
