# SPDX-License-Identifier: Apache-2.0
# does: a pupil's exercise: marks, recursion, a table
# profile: classroom
# prints: mean 2.4, median 2.0, 1: 1, 2: 2, 3: 1, 4: 1
import statistics
from collections import Counter

marks = [2, 4, 1, 3, 2]
table = ", ".join(f"{mark}: {count}" for mark, count in sorted(Counter(marks).items()))
print(f"mean {statistics.mean(marks):.1f}, median {statistics.median(marks):.1f},", table)
