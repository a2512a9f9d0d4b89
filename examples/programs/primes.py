# SPDX-License-Identifier: Apache-2.0
"""Primes: a sieve, a test for large numbers, and factors."""

from math import gcd, isqrt


def sieve(limit):
    """All primes below limit, by Eratosthenes, a byte for each number."""
    is_prime = bytearray([1]) * limit
    is_prime[:2] = b"\0\0"
    for number in range(2, isqrt(limit - 1) + 1):
        if is_prime[number]:
            multiples = range(number * number, limit, number)
            is_prime[multiples.start :: number] = bytes(len(multiples))
    return [number for number, flag in enumerate(is_prime) if flag]


def is_prime(number):
    """Miller and Rabin's test; with these bases it is exact below 3.3e24."""
    bases = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
    if number in bases:
        return True
    if number < 2 or any(number % base == 0 for base in bases):
        return False
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in bases:
        power = pow(base, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


def find_factor(number):
    """A proper factor of a composite number, by Pollard's rho."""
    if number % 2 == 0:
        return 2
    for step in range(1, 100):
        slow = fast = 2
        factor = 1
        while factor == 1:
            slow = (slow * slow + step) % number
            fast = (fast * fast + step) % number
            fast = (fast * fast + step) % number
            factor = gcd(abs(slow - fast), number)
        if factor != number:
            return factor
    raise ArithmeticError(f"no factor found of {number}")


def factors(number):
    if number == 1:
        return []
    if is_prime(number):
        return [number]
    factor = find_factor(number)
    return sorted(factors(factor) + factors(number // factor))


if __name__ == "__main__":
    primes = sieve(200_000)
    print(len(primes), "primes below 200,000; the last are", *primes[-3:])
    twins = [(p, q) for p, q in zip(primes, primes[1:]) if q - p == 2]
    print(len(twins), "pairs of twins; the last is", *twins[-1])
    for number in (360, 1_001, 999_999_000_001, 2**61 - 1, 600_851_475_143 * 1_000_003):
        print(number, "=", " x ".join(map(str, factors(number))))
