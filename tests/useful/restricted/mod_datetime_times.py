# SPDX-License-Identifier: Apache-2.0
# profile: page
# Times of day, moments, and zones.
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo

t = time(13, 5, 9, 250000)
print(t, t.hour, t.minute, t.second, t.microsecond, t.isoformat("minutes"), t.replace(hour=0), time.fromisoformat("04:05"), time.min, time.max)
m = datetime(2024, 5, 17, 14, 30)
print(m, m.date(), m.time(), m.strftime("%Y/%m/%d %I:%M %p"), m.isoformat(), m.replace(minute=0), m.timetuple().tm_hour)
print(datetime.strptime("03 Jan 2024 07:08", "%d %b %Y %H:%M"), datetime.fromisoformat("2024-05-17T14:30:00+02:00"))
print(datetime.combine(m.date(), t), m + timedelta(hours=36), (m - datetime(2024, 5, 1)).total_seconds(), m < m + timedelta(1))
zone = timezone(timedelta(hours=2), "EET")
local = m.replace(tzinfo=zone)
print(local, local.astimezone(UTC), local.utcoffset(), local.tzname(), local.timestamp(), local.timetz(), local.dst(), timezone.utc)
print(datetime.fromtimestamp(0, UTC), datetime.fromtimestamp(86400.5, tz=timezone.utc), local.utctimetuple().tm_hour, datetime.min, datetime.max.year)
print(isinstance(datetime.now(), datetime), datetime.now(UTC).tzinfo, datetime.today().tzinfo, m.fold, datetime.fromisocalendar(2024, 20, 5))


class Fixed(tzinfo):
    def utcoffset(self, dt):
        return timedelta(hours=-5)

    def dst(self, dt):
        return timedelta(0)

    def tzname(self, dt):
        return "EST"


print(datetime(2024, 1, 1, tzinfo=Fixed()).astimezone(UTC), f"{datetime(2024, 1, 1, tzinfo=Fixed()):%H:%M %Z %z}")
