# SPDX-License-Identifier: Apache-2.0
# profile: page
# The sieve of Eratosthenes, within the loop budget.
def primes_below(limit):
    sieve = bytearray([1]) * limit
    sieve[:2] = b"\x00\x00"
    for n in range(2, int(limit ** 0.5) + 1):
        if sieve[n]:
            sieve[n * n::n] = bytes(len(range(n * n, limit, n)))
    return [n for n in range(limit) if sieve[n]]


ps = primes_below(2000)
print(len(ps), ps[:10], ps[-3:], sum(ps))
