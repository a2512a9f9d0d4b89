# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# A whole year, printed.
import calendar

calendar.prcal(2024, w=2, m=4)
print(calendar.LocaleTextCalendar(locale=("C", None)).formatmonth(2024, 1)[:20])
print(calendar.LocaleHTMLCalendar(locale=("C", None)).formatmonthname(2024, 1))
