# SPDX-License-Identifier: Apache-2.0
"""One moment in many cities, and what the clocks' change does to a day."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

CITIES = [
    "America/New_York", "America/Sao_Paulo", "Europe/Berlin", "Africa/Nairobi",
    "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland",
]  # fmt: skip


def hours_of_day(zone, year, month, day):
    """How many hours a calendar day really has in a zone."""
    start = datetime(year, month, day, tzinfo=zone)
    end = datetime(year, month, day, tzinfo=zone) + timedelta(days=1)
    return (end.astimezone(timezone.utc) - start.astimezone(timezone.utc)) / timedelta(
        hours=1
    )


def main():
    moment = datetime(2024, 7, 20, 14, 30, tzinfo=timezone.utc)
    for name in CITIES:
        local = moment.astimezone(ZoneInfo(name))
        city = name.partition("/")[2].replace("_", " ")
        offset = local.utcoffset() / timedelta(hours=1)
        print(f"{city:10} {local:%a %d %b %H:%M}  UTC{offset:+g}")

    berlin = ZoneInfo("Europe/Berlin")
    print("\nhours of the day in Berlin:")
    for month, day in ((3, 30), (3, 31), (10, 27)):
        print(f"  2024-{month:02}-{day}: {hours_of_day(berlin, 2024, month, day):g}")

    twice = datetime(2024, 10, 27, 2, 30, tzinfo=berlin)
    print(
        "half past two comes twice:", twice.isoformat(), twice.replace(fold=1).isoformat()
    )

    meeting = datetime(2024, 3, 29, 9, 0, tzinfo=ZoneInfo("America/New_York"))
    print("\na weekly call at nine in New York, as seen from Berlin:")
    for week in range(2):
        call = meeting + timedelta(weeks=week)
        print(f"  {call.astimezone(berlin):%d %B %H:%M %Z}")

    try:
        ZoneInfo("Atlantis/Poseidonis")
    except ZoneInfoNotFoundError as error:
        print("\nunknown:", error.args[0])


if __name__ == "__main__":
    main()
