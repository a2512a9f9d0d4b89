# SPDX-License-Identifier: Apache-2.0
# does: dates: weekdays, leap years, intervals
# prints: 29 February 2028 is a Tuesday, day 60 of 366
import datetime

day = datetime.date(2028, 2, 29)
last = datetime.date(day.year, 12, 31)
print(f"{day:%-d %B %Y} is a {day:%A}, day {day:%-j} of {last:%-j}")
