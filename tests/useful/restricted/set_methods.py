# SPDX-License-Identifier: Apache-2.0
# profile: page
# Sets and frozen sets.
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, a <= {1, 2, 3, 4}, a > {1}, a.isdisjoint({9}))
a.add(5)
a.discard(99)
a.remove(1)
a.update([7, 8])
print(sorted(a), a.union(b) == a | b, sorted(a.intersection({2, 3})), sorted(a.difference({2})))
print(sorted(a.symmetric_difference({2, 100})), a.issubset(range(10)), a.issuperset([2]))
a.intersection_update({2, 3, 5})
a.difference_update({5})
a.symmetric_difference_update({3, 4})
print(sorted(a))
f = frozenset("hello")
print(len(f), "h" in f, {f: "key"}[frozenset("olleh")], sorted(f.copy()))
a |= {9}
a &= {9, 2}
a -= {2}
a ^= {1}
print(sorted(a), a.pop() in (1, 9), len(a))
a.clear()
print(a, set(), sorted(set("mississippi")))
