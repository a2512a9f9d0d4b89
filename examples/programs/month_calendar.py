# SPDX-License-Identifier: Apache-2.0
"""Calendars: a month as a table, leap years, Easter, Friday the thirteenth."""

import calendar
from datetime import date, timedelta


def easter(year):
    """The date of Easter in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    length = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * length) // 451
    month, day = divmod(h + length - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year, month, weekday, n):
    """The n-th such day of a month; n = -1 is the last one."""
    days = [
        day
        for day in calendar.Calendar().itermonthdates(year, month)
        if day.month == month and day.weekday() == weekday
    ]
    return days[n - 1 if n > 0 else n]


def main():
    print(calendar.TextCalendar(calendar.MONDAY).formatmonth(2024, 2), end="")
    print("leap years:", [y for y in range(1896, 1913) if calendar.isleap(y)])
    print("leap days from 1900 to 2000:", calendar.leapdays(1900, 2001))
    for year in (1818, 2024, 2038):
        sunday = easter(year)
        print(f"Easter {sunday:%d %B %Y}, Whit Monday {sunday + timedelta(days=50):%d %B}")

    fridays = [
        day for month in range(1, 13)
        if (day := date(2026, month, 13)).weekday() == calendar.FRIDAY
    ]  # fmt: skip
    print("Friday the thirteenth in 2026:", *(f"{day:%b}" for day in fridays))
    print("fourth Thursday of November 2025:", nth_weekday(2025, 11, calendar.THURSDAY, 4))
    print("last Sunday of March 2025:", nth_weekday(2025, 3, calendar.SUNDAY, -1))
    print("day 256 of 2023:", date(2023, 1, 1) + timedelta(days=255))


if __name__ == "__main__":
    main()
