# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Polynomials that add, multiply and print themselves.
class Poly:
    def __init__(self, *coefficients):
        self.c = list(coefficients)
        while len(self.c) > 1 and self.c[-1] == 0:
            self.c.pop()

    def __call__(self, x):
        total = 0
        for c in reversed(self.c):
            total = total * x + c
        return total

    def __add__(self, other):
        n = max(len(self.c), len(other.c))
        return Poly(*((self.c + [0] * n)[i] + (other.c + [0] * n)[i] for i in range(n)))

    def __mul__(self, other):
        out = [0] * (len(self.c) + len(other.c) - 1)
        for i, a in enumerate(self.c):
            for j, b in enumerate(other.c):
                out[i + j] += a * b
        return Poly(*out)

    def derivative(self):
        return Poly(*(i * c for i, c in enumerate(self.c) if i)) if len(self.c) > 1 else Poly(0)

    def __str__(self):
        terms = [f"{c}x^{i}" if i > 1 else f"{c}x" if i else str(c) for i, c in enumerate(self.c) if c]
        return " + ".join(reversed(terms)) or "0"


p, q = Poly(1, 2), Poly(-1, 0, 3)
print(p, q, p + q, p * q, (p * q)(2), q.derivative(), Poly(0), sep=" | ")
