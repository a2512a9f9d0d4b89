# SPDX-License-Identifier: Apache-2.0
"""Polynomials that are added, multiplied, called and printed like numbers."""

from itertools import zip_longest
from math import comb


class Polynomial:
    """Coefficients from the constant up; called, it gives its value."""

    def __init__(self, *terms):
        self.terms = terms

    def __call__(self, x):
        value = 0
        for term in reversed(self.terms):
            value = value * x + term
        return value

    def __add__(self, other):
        return Polynomial(
            *(a + b for a, b in zip_longest(self.terms, other.terms, fillvalue=0))
        )

    def __mul__(self, other):
        terms = [0] * (len(self.terms) + len(other.terms) - 1)
        for i, a in enumerate(self.terms):
            for j, b in enumerate(other.terms):
                terms[i + j] += a * b
        return Polynomial(*terms)

    def __pow__(self, exponent):
        result = Polynomial(1)
        for _ in range(exponent):
            result *= self
        return result

    def derivative(self):
        return Polynomial(*(n * term for n, term in enumerate(self.terms) if n))

    def __str__(self):
        parts = []
        for power, term in reversed(list(enumerate(self.terms))):
            if term:
                factor = "" if abs(term) == 1 and power else str(abs(term))
                variable = ("", "x", f"x^{power}")[min(power, 2)]
                parts.append(f"{'-' if term < 0 else '+'} {factor}{variable}")
        return " ".join(parts).removeprefix("+ ") or "0"


if __name__ == "__main__":
    p, q = Polynomial(-1, 1), Polynomial(1, 1)
    print(f"({p}) * ({q}) = {p * q}")
    print(f"({p}) + ({q}) = {p + q}")
    print(f"at 7: {(p * q)(7)}, at 1/2: {(p * q)(0.5)}")
    power = q**5
    print(f"({q})^5 = {power}")
    print("by Pascal:", list(power.terms) == [comb(5, n) for n in range(6)])
    print(f"derivative: {power.derivative()}")
    print(Polynomial(0, -1, 0, -2), "|", Polynomial(), Polynomial(4, 0, 1).derivative())
