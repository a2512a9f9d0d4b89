# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Reading marks until an empty line.
from statistics import mean

book = {}
while line := input():
    name, *marks = line.split()
    book.setdefault(name, []).extend(int(m) for m in marks)
for name in sorted(book):
    print(f"{name:<6}{mean(book[name]):5.2f} {min(book[name])}-{max(book[name])}")
