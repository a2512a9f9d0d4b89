# SPDX-License-Identifier: Apache-2.0
# does: dates: weekdays, leap years, intervals
# prints: 29 February 2028 is a Tuesday, 31 days before 31 March
import datetime

day = datetime.date(2028, 2, 29)
print(f"{day:%-d %B %Y} is a {day:%A}, {(datetime.date(2028, 3, 31) - day).days} days before 31 March")
