# SPDX-License-Identifier: Apache-2.0
# profile: page
# str.format with automatic, numbered and named fields, and format().
print("{} and {}".format("a", "b"), "{1} {0} {1}".format("x", "y"))
print("{name} is {age:>3}".format(name="Ann", age=9), "{0:{1}}|".format("ab", 5))
print("{:,.2f} {:>8} {:<8}| {:^8}| {:08.3f} {:+d}".format(12345.678, "r", "l", "c", 3.14159, 7))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{{}} {}".format(1), "{:x} {:#o} {:b} {:%}".format(255, 8, 5, 0.5))
print("{a}{b}".format(**{"a": 1, "b": 2}), "{} {}".format(*[1, 2]))
print(format(3.14159, ".2f"), format(255, "x"), format("a", ">4"), format(1000, ","), format(5))
row = "{:<10}|{:>6}"
for item, price in [("tea", 1.5), ("cake", 12.25)]:
    print(row.format(item, price))
print("{n:{width}.{places}f}".format(n=2 / 3, width=9, places=4))
