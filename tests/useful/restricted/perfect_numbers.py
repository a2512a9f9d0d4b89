# SPDX-License-Identifier: Apache-2.0
# profile: page
# Sums of divisors.
def divisors(n):
    return [d for d in range(1, n // 2 + 1) if n % d == 0]


for n in (6, 12, 28, 97):
    s = sum(divisors(n))
    print(n, "perfect" if s == n else "abundant" if s > n else "deficient", divisors(n))
