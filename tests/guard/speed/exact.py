# SPDX-License-Identifier: Apache-2.0
"""Decimal and fractions."""
from decimal import Decimal
from fractions import Fraction


def main():
    total = Decimal(0)
    for i in range(1, 60000):
        total += Decimal(i) / Decimal(7) * Decimal("1.19")
    half = Fraction(0)
    for turn in range(30):
        half = Fraction(0)
        for i in range(1, 150):
            half += Fraction(1, i * (i + 1))
    return str(total)[:12], str(half)
