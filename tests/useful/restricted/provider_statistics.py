# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: numbers of a week.
from statistics import mean, median, quantiles, stdev

sales = {"Mon": 120, "Tue": 98, "Wed": 135, "Thu": 110, "Fri": 160, "Sat": 230, "Sun": 90}
values = list(sales.values())
average, spread = mean(values), stdev(values)
print(f"mean {average:.1f}, median {median(values)}, stdev {spread:.1f}, quartiles {quantiles(values)}")
print([day for day, n in sales.items() if abs(n - average) > 1.5 * spread])
moving = [round(mean(values[i - 2:i + 1]), 1) for i in range(2, len(values))]
print(moving, "up" if moving[-1] > moving[0] else "down")
