# SPDX-License-Identifier: Apache-2.0
"""Whole numbers without a limit: powers, roots, Mersenne primes, digits of pi."""

from functools import reduce
from math import comb, factorial, isqrt, lcm


def fibonacci(n):
    """The n-th Fibonacci number, by doubling."""
    a, b = 0, 1
    for bit in bin(n)[2:]:
        a, b = a * (2 * b - a), a * a + b * b
        if bit == "1":
            a, b = b, a + b
    return a


def is_mersenne_prime(exponent):
    """Is 2**exponent - 1 a prime?  Lucas and Lehmer's test, for odd exponents."""
    mersenne = (1 << exponent) - 1
    value = 4
    for _ in range(exponent - 2):
        value = value * value - 2
        # Modulo a Mersenne number without dividing.
        while value > mersenne:
            value = (value & mersenne) + (value >> exponent)
        if value == mersenne:
            value = 0
    return value == 0


def pi_digits(count):
    """Digits of pi by Machin's formula in whole numbers."""
    unit = 10 ** (count + 10)

    def arctan_inverse(x):
        power, total, n, sign = unit // x, 0, 1, 1
        while power:
            total += sign * (power // n)
            power, n, sign = power // (x * x), n + 2, -sign
        return total

    return str((4 * (4 * arctan_inverse(5) - arctan_inverse(239))) // 10**10)


def main():
    digits = str(factorial(100))
    zeros = len(digits) - len(digits.rstrip("0"))
    print(f"100! has {len(digits)} digits and ends in {zeros} zeros")
    text = str(fibonacci(1000))
    print(f"fibonacci(1000) = {text[:20]}...{text[-20:]} ({len(text)} digits)")
    print("Mersenne exponents:", [p for p in range(3, 620, 2) if is_mersenne_prime(p)])
    print("2**607-1 in hexadecimal has", f"{2**607 - 1:x}".count("f"), "times f")
    print("lcm of 1 to 40:", reduce(lcm, range(1, 41)))
    print("root of 10**40 + 1:", isqrt(10**40 + 1))
    print("ways to pick 50 of 100:", f"{comb(100, 50):,}")
    print("3 to the -1 modulo 10**9+7:", pow(3, -1, 10**9 + 7))
    print("pi:", "3." + pi_digits(60)[1:])
    print("as bytes:", (2**70 + 255).to_bytes(9, "big").hex(" "))


if __name__ == "__main__":
    main()
