# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: business days, due dates, ISO weeks.
from datetime import date, datetime, timedelta, timezone

HOLIDAYS = {date(2024, 12, 25), date(2024, 12, 26)}


def add_business_days(start, n):
    day = start
    while n:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in HOLIDAYS:
            n -= 1
    return day


print(add_business_days(date(2024, 12, 20), 5).isoformat())
stamps = ["2024-05-01T10:00:00+00:00", "2024-05-01T13:30:00+02:00"]
moments = [datetime.fromisoformat(s) for s in stamps]
print(max(moments).astimezone(timezone.utc).isoformat(), (moments[1] - moments[0]).total_seconds() / 60)
print(f"{date(2024, 12, 30):%G-W%V}", date(2024, 2, 1) - timedelta(days=1))
