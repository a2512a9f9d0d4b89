# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# More rounds than a page may have.
total = 0
for n in range(200_000):
    if n % 3 == 0 or n % 5 == 0:
        total += n
print(total)
n, flips = 1, 0
while n < 10 ** 6:
    n += n % 7 + 1
    flips += 1
print(n, flips)
