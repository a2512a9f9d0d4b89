# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Reading until a word.
total = 0
while (line := input("> ")) != "stop":
    try:
        total += float(line)
    except ValueError:
        print(f"{line!r} is no number")
print("\ntotal", total)
