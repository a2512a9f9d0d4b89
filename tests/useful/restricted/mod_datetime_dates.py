# SPDX-License-Identifier: Apache-2.0
# profile: page
# Dates: parts, differences, weeks.
from datetime import MAXYEAR, MINYEAR, date, timedelta

d = date(2024, 2, 29)
print(d, d.year, d.month, d.day, d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), d.timetuple().tm_yday)
print(d + timedelta(days=366), d - date(2024, 1, 1), d.replace(year=2020), d.isoformat(), d.ctime(), MINYEAR, MAXYEAR)
print(date.fromisoformat("2024-12-25"), date.fromordinal(738_000), date.fromisocalendar(2024, 1, 1), date.min, date.max, date.resolution)
print(f"{d:%d.%m.%Y}", d.strftime("%A, %d %B %y, week %U"), date(2024, 3, 1) > d, max(d, date(2023, 1, 1)))
due = [d + timedelta(weeks=w) for w in range(3)]
print([x.isoformat() for x in due], isinstance(date.today(), date))
birthday, today = date(2000, 6, 15), date(2024, 6, 14)
print(today.year - birthday.year - ((today.month, today.day) < (birthday.month, birthday.day)))
try:
    date(2023, 2, 29)
except ValueError as e:
    print(e)
