# SPDX-License-Identifier: Apache-2.0
# profile: page
# Fields of str.format that look inside: items by number and by key, attributes.
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


print("{0[1]} {1[key]}".format([10, 20], {"key": "v"}))
print("{p.x}:{p.y} {0.real}".format(3, p=Point(1, 2)))
