# SPDX-License-Identifier: Apache-2.0
# profile: page
# Roots by Newton.
def root(x, n=2):
    guess = x / n
    for step in range(100):
        better = guess - (guess ** n - x) / (n * guess ** (n - 1))
        if abs(better - guess) < 1e-12:
            return better, step
        guess = better
    return guess, step


for x, n in ((2, 2), (27, 3), (1024, 10)):
    value, steps = root(x, n)
    print(f"{n}-th root of {x}: {value:.8f}", steps < 60)
