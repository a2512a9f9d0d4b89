# SPDX-License-Identifier: Apache-2.0
# profile: page
# Everything a list can do.
a = [5, 2, 9]
a.append(1)
a.extend([7, 7])
a.insert(1, 100)
print(a, a.index(9), a.count(7))
a.remove(7)
print(a.pop(), a.pop(0), a)
a.sort()
print(a)
a.sort(key=lambda n: -n % 10, reverse=True)
print(a)
a.reverse()
b = a.copy()
b.clear()
print(a, b, a + [0], [0] * 3, a == a[:], [1, 2] < [1, 3])
print(sorted("banana"), sorted([3, 1, 2], reverse=True), list("ab"), list(zip("ab", [1, 2])))
names = ["bob", "Al", "cy"]
print(sorted(names, key=str.lower), max(names, key=len), min(names))
