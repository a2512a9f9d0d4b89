# SPDX-License-Identifier: Apache-2.0
"""Fractions: Egyptian sums, continued fractions, and the best approximations."""

from fractions import Fraction
from itertools import islice
from math import isqrt, pi


def egyptian(fraction):
    """Unit fractions that add up to a fraction below one, by the greedy method."""
    parts = []
    while fraction:
        denominator = -(-fraction.denominator // fraction.numerator)
        parts.append(Fraction(1, denominator))
        fraction -= parts[-1]
    return parts


def continued(fraction):
    """The terms of a fraction's continued fraction."""
    terms = []
    while True:
        whole, rest = divmod(fraction, 1)
        terms.append(whole)
        if not rest:
            return terms
        fraction = 1 / rest


def root_terms(number):
    """The endless terms of a square root, in whole numbers throughout."""
    root = isqrt(number)
    m, d, a = 0, 1, root
    while True:
        yield a
        m = d * a - m
        d = (number - m * m) // d
        a = (root + m) // d


def convergents(terms):
    before, now = (0, 1), (1, 0)
    for term in terms:
        before, now = now, (term * now[0] + before[0], term * now[1] + before[1])
        yield Fraction(*now)


def main():
    for fraction in (Fraction(3, 4), Fraction(7, 15), Fraction(4, 13)):
        print(fraction, "=", " + ".join(map(str, egyptian(fraction))))
    print("415/93 =", continued(Fraction(415, 93)))
    print("pi is about", Fraction(pi).limit_denominator(1000))
    print("root of 7:", list(islice(root_terms(7), 9)))

    # Pell's equation x*x - 61*y*y = 1 has its least answer among the convergents.
    for value in convergents(root_terms(61)):
        x, y = value.numerator, value.denominator
        if x * x - 61 * y * y == 1:
            print(f"{x}^2 - 61 * {y}^2 = 1")
            break
    harmonic = sum(Fraction(1, n) for n in range(1, 31))
    print("1 + 1/2 + ... + 1/30 =", harmonic, f"= {float(harmonic):.6f}")
    print(
        Fraction("0.125"), Fraction("-3/9"), Fraction(5, 2) ** -2, round(Fraction(22, 7), 2)
    )


if __name__ == "__main__":
    main()
