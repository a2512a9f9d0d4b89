# SPDX-License-Identifier: Apache-2.0
"""Read a web server's log with a regular expression, and report on it."""

import re
from collections import Counter, defaultdict
from datetime import datetime

LINE = re.compile(
    r"""
    (?P<client>\S+) \s+ \S+ \s+ \S+ \s+
    \[(?P<time>[^]]+)\] \s+
    "(?P<method>[A-Z]+) \s (?P<path>\S+) \s [^"]*" \s+
    (?P<status>\d{3}) \s+ (?P<size>\d+|-)
    """,
    re.VERBOSE,
)


def parse(lines):
    """Yield the fields of each line; report what is no such line."""
    for number, line in enumerate(lines, 1):
        match = LINE.match(line)
        if match is None:
            print(f"line {number} is not a log line: {line.rstrip()!r}")
            continue
        fields = match.groupdict()
        fields["time"] = datetime.strptime(fields["time"], "%d/%b/%Y:%H:%M:%S %z")
        fields["size"] = 0 if fields["size"] == "-" else int(fields["size"])
        yield fields


def main():
    with open("access.log", encoding="utf-8") as file:
        entries = list(parse(file))

    statuses = Counter(entry["status"] for entry in entries)
    volume = defaultdict(int)
    hours = Counter()
    for entry in entries:
        volume[entry["path"]] += entry["size"]
        hours[entry["time"].hour] += 1

    print(f"{len(entries)} requests by {len({e['client'] for e in entries})} clients")
    print("by status:", ", ".join(f"{k}: {statuses[k]}" for k in sorted(statuses)))
    print("largest paths:")
    for path, size in sorted(volume.items(), key=lambda item: -item[1])[:3]:
        print(f"  {size:>8,} {path}")
    print("by hour (UTC):")
    for hour in sorted(hours):
        print(f"  {hour:02}h {'#' * hours[hour]}")
    span = max(e["time"] for e in entries) - min(e["time"] for e in entries)
    print("from first to last:", span)


if __name__ == "__main__":
    main()
