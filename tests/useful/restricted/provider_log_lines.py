# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: count what a log says by hour and level.
import re
from collections import Counter

log = """\
2024-05-01 10:02:11 INFO start
2024-05-01 10:14:57 ERROR no disk
2024-05-01 11:00:00 WARN slow: 1500ms
not a log line
2024-05-01 11:30:00 ERROR no disk
"""
LINE = re.compile(r"(?P<day>\S+) (?P<hour>\d\d):\S+ (?P<level>[A-Z]+) (?P<text>.*)")
found = [m.groupdict() for m in map(LINE.fullmatch, log.splitlines()) if m]
print(Counter(r["level"] for r in found).most_common(1), Counter(r["hour"] for r in found))
print([r["text"] for r in found if r["level"] == "ERROR"], len(log.splitlines()) - len(found))
