# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Pi by throwing darts.
import random

rng = random.Random(3)
n = 20_000
inside = sum(rng.random() ** 2 + rng.random() ** 2 <= 1 for _ in range(n))
print(abs(4 * inside / n - 3.1416) < 0.05)
