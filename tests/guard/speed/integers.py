# SPDX-License-Identifier: Apache-2.0
"""Whole numbers, small and large: primes, powers, digits."""


def main():
    sieve = [True] * 200000
    for i in range(2, 450):
        if sieve[i]:
            for j in range(i * i, len(sieve), i):
                sieve[j] = False
    primes = sum(sieve) - 2
    a, b = 0, 1
    for i in range(6000):
        a, b = b, a + b
    digits = sum(int(digit) for digit in str(a))
    total = sum(pow(3, i, 1000003) for i in range(60000))
    total += sum((i * i) % 7 + (i << 3) - (i >> 1) for i in range(200000))
    factorial = 1
    for i in range(1, 900):
        factorial *= i
    return primes, digits, total, factorial % 1000003, 7 ** 300 % 1009
