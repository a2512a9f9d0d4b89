# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Sums by two keys.
from collections import defaultdict

sales = [("north", "q1", 10), ("south", "q1", 5), ("north", "q2", 7), ("north", "q1", 1)]
table = defaultdict(lambda: defaultdict(int))
for region, quarter, n in sales:
    table[region][quarter] += n
quarters = sorted({q for _, q, _ in sales})
print(f"{'':8}" + "".join(f"{q:>5}" for q in quarters))
for region in sorted(table):
    print(f"{region:8}" + "".join(f"{table[region][q]:>5}" for q in quarters))
