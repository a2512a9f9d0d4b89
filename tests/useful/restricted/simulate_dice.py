# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Two dice, many times, with a seed.
import random
from collections import Counter

rng = random.Random(1)
sums = Counter(rng.randint(1, 6) + rng.randint(1, 6) for _ in range(3600))
for total in range(2, 13):
    print(f"{total:>2} {sums[total]:>4} {'#' * (sums[total] // 20)}")
