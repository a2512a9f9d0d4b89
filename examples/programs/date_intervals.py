# SPDX-License-Identifier: Apache-2.0
"""Dates and the time between them: ages, working days, ISO weeks, a calendar file."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

HOLIDAYS = {date(2024, 12, 25), date(2024, 12, 26), date(2025, 1, 1)}


def age(born, today):
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def add_working_days(start, count):
    day = start
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in HOLIDAYS:
            count -= 1
    return day


def overlap(first, second):
    """Days that two inclusive spans share."""
    start, end = max(first[0], second[0]), min(first[1], second[1])
    return max(0, (end - start).days + 1)


def in_words(span):
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 s"


def main():
    born = date(2000, 2, 29)
    print("age:", age(born, date(2024, 2, 28)), age(born, date(2024, 3, 1)))
    due = add_working_days(date(2024, 12, 20), 7)
    print(f"seven working days after 20 December 2024: {due:%A} {due}")
    mine, yours = (date(2024, 7, 1), date(2024, 7, 20)), (
        date(2024, 7, 15),
        date(2024, 8, 5),
    )
    print("shared holidays:", overlap(mine, yours), "days")

    for day in (date(2020, 12, 31), date(2021, 1, 3), date(2021, 1, 4)):
        year, week, weekday = day.isocalendar()
        print(f"{day} is day {weekday} of week {week} of {year}")
    print("week 53 of 2020 starts on", date.fromisocalendar(2020, 53, 1))

    start = datetime.fromisoformat("2024-03-09T22:15:30+01:00")
    end = datetime(2024, 3, 12, 6, 0, tzinfo=timezone.utc)
    print("between:", in_words(end - start), "| in UTC:", start.astimezone(timezone.utc))
    print("from the epoch:", datetime.fromtimestamp(1_700_000_000, timezone.utc))
    print("parsed:", datetime.strptime("3 Aug 2024, 17:05", "%d %b %Y, %H:%M"))

    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//intervals//EN"]
    for number, day in enumerate((due, due + timedelta(weeks=2)), 1):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}@example.org",
            "DTSTAMP:20240101T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            "SUMMARY:Review",
            "END:VEVENT",
        ]
    text = "\n".join([*lines, "END:VCALENDAR", ""])
    Path("review.ics").write_text(text, encoding="utf-8", newline="\r\n")


if __name__ == "__main__":
    main()
