# SPDX-License-Identifier: Apache-2.0
# profile: page
# The % operator.
print("%s %d %5.2f %-6s| %06d %x %X %o %e %g %c %%" % ("a", 5, 3.14159, "l", 42, 255, 255, 8, 12345.678, 0.0001, "z"))
print("%(name)s has %(n)03d" % {"name": "Ann", "n": 7}, "%r" % "q", "%a" % "é", "%+d % d" % (5, 5))
print("%*d|%-*d|%.*f" % (6, 42, 6, 42, 2, 2.71828), "one %s" % "thing", "%s" % (("t", 1),))
print(b"%s=%d" % (b"k", 3), "%5.1f%%" % 99.5, "%#x %#o" % (255, 8), "%i" % 3.9)
try:
    print("%d" % "x")
except TypeError as e:
    print("TypeError:", e)
