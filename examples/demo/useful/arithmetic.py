# SPDX-License-Identifier: Apache-2.0
# does: statistics, fractions, a big prime
# prints: mean 4.5, 1/3 + 1/6 = 1/2, 2**127 - 1 is prime
import fractions
import statistics


def is_mersenne_prime(p):
    s, m = 4, (1 << p) - 1
    for _ in range(p - 2):
        s = (s * s - 2) % m
    return s == 0


mean = statistics.mean([2, 3, 5, 8])
half = fractions.Fraction(1, 3) + fractions.Fraction(1, 6)
print(f"mean {mean}, 1/3 + 1/6 = {half}, 2**127 - 1 is{'' if is_mersenne_prime(127) else ' not'} prime")
