# SPDX-License-Identifier: Apache-2.0
# profile: page
# Areas under curves.
import math


def trapezoid(f, a, b, n=200):
    h = (b - a) / n
    return h * (f(a) / 2 + sum(f(a + i * h) for i in range(1, n)) + f(b) / 2)


def simpson(f, a, b, n=100):
    h = (b - a) / n
    odd = sum(f(a + i * h) for i in range(1, n, 2))
    even = sum(f(a + i * h) for i in range(2, n, 2))
    return h / 3 * (f(a) + 4 * odd + 2 * even + f(b))


print(f"{trapezoid(math.sin, 0, math.pi):.4f} {simpson(math.sin, 0, math.pi):.6f} {simpson(lambda x: x * x, 0, 3):.6f}")
