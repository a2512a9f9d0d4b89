# SPDX-License-Identifier: Apache-2.0
"""Roots of equations by Newton's method, bisection and the secant."""

import math


class NoConvergence(ArithmeticError):
    """The steps did not come to rest."""


def newton(f, start, *, derivative=None, tolerance=1e-12, steps=50):
    """(root, steps taken).  Without a derivative, a central difference stands in."""
    x = start
    for step in range(1, steps + 1):
        if derivative is not None:
            slope = derivative(x)
        else:
            h = 1e-6 * max(1.0, abs(x))
            slope = (f(x + h) - f(x - h)) / (2 * h)
        if slope == 0:
            raise NoConvergence(f"the slope is 0 at {x:g}")
        x, before = x - f(x) / slope, x
        if abs(x - before) <= tolerance * max(1.0, abs(x)):
            return x, step
    raise NoConvergence(f"no root near {start:g} within {steps} steps")


def bisect(f, low, high, tolerance=1e-12):
    """A root between two points where f has different signs."""
    if math.copysign(1, f(low)) == math.copysign(1, f(high)):
        raise ValueError(f"f has the same sign at {low} and {high}")
    while high - low > tolerance:
        middle = (low + high) / 2
        if (f(middle) > 0) == (f(high) > 0):
            high = middle
        else:
            low = middle
    return (low + high) / 2


def main():
    root, steps = newton(lambda x: x * x - 2, 1.0, derivative=lambda x: 2 * x)
    print(f"root of 2: {root:.10f} in {steps} steps")
    root, _ = newton(lambda x: math.cos(x) - x, 1.0)
    print(f"cos(x) = x at {root:.10f}")
    print(f"x**3 = x + 2 at {bisect(lambda x: x**3 - x - 2, 1, 2):.10f}")

    # The yearly interest at which five payments of 230 repay 1000.
    root, _ = newton(lambda r: sum(230 / (1 + r) ** n for n in range(1, 6)) - 1000, 0.1)
    print(f"the interest is {root:.4%}")

    for f, start in ((lambda x: x * x + 1, 0.5), (lambda x: x**2, 0.0)):
        try:
            newton(f, start)
        except NoConvergence as error:
            print("no root:", error)
    try:
        bisect(math.exp, 0, 1)
    except ValueError as error:
        print("refused:", error)


if __name__ == "__main__":
    main()
