# SPDX-License-Identifier: Apache-2.0
# profile: page
# __slots__ keeps attributes to a list.
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


p = Point(1, 2)
p.x += 10
print(p.x, p.y)
try:
    p.z = 3
except AttributeError as e:
    print("AttributeError")
