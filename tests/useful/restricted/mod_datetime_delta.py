# SPDX-License-Identifier: Apache-2.0
# profile: page
# Durations.
from datetime import timedelta

a = timedelta(days=1, hours=2, minutes=30)
b = timedelta(seconds=90, milliseconds=500, microseconds=7, weeks=1)
print(a, b, a.days, a.seconds, b.microseconds, a.total_seconds(), a + b, b - a, a * 2, a / 2, a // timedelta(hours=1), a % timedelta(hours=4))
print(divmod(a, timedelta(hours=5)), -a, abs(-a), a > b, timedelta.max.days, timedelta.min.days, timedelta.resolution, a / timedelta(hours=1), repr(a), bool(timedelta()))
hours, rest = divmod(int(a.total_seconds()), 3600)
print(f"{hours:02}:{rest // 60:02}:{rest % 60:02}", sum([a, b], timedelta()))
