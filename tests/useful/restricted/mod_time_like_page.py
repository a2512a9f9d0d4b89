# SPDX-License-Identifier: Apache-2.0
# profile: page
# A countdown on a page, without waiting: timestamps are given.
from datetime import datetime, timedelta

start = datetime(2024, 12, 24, 18, 0)
for now in (start - timedelta(days=2, hours=3), start - timedelta(minutes=5), start + timedelta(1)):
    left = start - now
    if left < timedelta(0):
        print("it is over")
    else:
        hours, seconds = divmod(left.seconds, 3600)
        print(f"{left.days} days, {hours} hours, {seconds // 60} minutes")
