# SPDX-License-Identifier: Apache-2.0
# profile: page
# Unpacking in every place where a name can be bound.
a, b = 1, 2
a, b = b, a
print(a, b)
first, *middle, last = range(6)
print(first, middle, last)
(p, (q, r)), s = (1, (2, 3)), 4
print(p, q, r, s)
[x, y] = "hi"
print(x, y)
for number, (name, mark) in enumerate([("Ann", 7), ("Bob", 9)], start=1):
    print(number, name, mark)
*head, tail = [1]
print(head, tail)
pairs = {"one": 1, "two": 2}
for key, value in pairs.items():
    print(key, value)
print([*range(3), *"ab"], {**pairs, "three": 3}, (*pairs,))
