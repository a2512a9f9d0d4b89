# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Months and weeks.
import calendar

print(calendar.month(2024, 2))
print(calendar.isleap(2024), calendar.leapdays(2000, 2025), [int(n) for n in calendar.monthrange(2023, 2)], calendar.weekday(2024, 5, 17))
print(calendar.monthcalendar(2024, 2)[0], list(calendar.day_name)[:2], list(calendar.day_abbr), calendar.month_name[5], list(calendar.month_abbr)[1:4])
print(calendar.weekheader(3), calendar.firstweekday(), calendar.timegm((2024, 1, 1, 0, 0, 0)))
calendar.setfirstweekday(calendar.SUNDAY)
calendar.prmonth(2024, 9)
calendar.setfirstweekday(calendar.MONDAY)
c = calendar.TextCalendar(firstweekday=6)
print(c.formatmonth(2024, 3), list(c.itermonthdays(2024, 3))[:7], len(calendar.Calendar().monthdatescalendar(2024, 1)))
print(calendar.HTMLCalendar().formatmonth(2024, 2)[:60])
print(len(calendar.calendar(2024)), [int(d) for d in (calendar.TUESDAY, calendar.WEDNESDAY, calendar.THURSDAY, calendar.FRIDAY, calendar.SATURDAY)])
for bad in (lambda: calendar.monthrange(2024, 13), lambda: calendar.setfirstweekday(9)):
    try:
        bad()
    except (calendar.IllegalMonthError, calendar.IllegalWeekdayError) as e:
        print(e)
