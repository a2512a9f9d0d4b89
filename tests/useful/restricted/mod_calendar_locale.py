# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Calendars in the language of the C locale.
import calendar

print(calendar.LocaleTextCalendar(locale=("C", None)).formatmonth(2024, 1)[:20])
print(calendar.LocaleHTMLCalendar(locale=("C", None)).formatmonthname(2024, 1))
