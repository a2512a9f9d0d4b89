# SPDX-License-Identifier: Apache-2.0
# profile: page
# Every tool.
import itertools as it
import operator

print(list(it.islice(it.count(10, 5), 3)), list(it.islice(it.cycle("ab"), 5)), list(it.repeat("x", 2)))
print(list(it.accumulate([1, 2, 3, 4])), list(it.accumulate([1, 2, 3], operator.mul, initial=10)))
print(list(it.chain([1], (2, 3), "4")), list(it.chain.from_iterable(["ab", "cd"])), list(it.compress("abcd", [1, 0, 1, 0])))
print(list(it.dropwhile(lambda x: x < 3, [1, 3, 2])), list(it.takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(it.filterfalse(str.isdigit, "a1b2")))
print([(k, len(list(g))) for k, g in it.groupby("aaabbc")], list(it.islice("abcdef", 1, None, 2)), list(it.pairwise([1, 4, 9])))
print(list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.zip_longest("ab", "x", fillvalue="-")))
print(["".join(p) for p in it.product("ab", repeat=2)], list(it.product([1], "xy")))
print(list(it.permutations([1, 2, 3], 2)), list(it.combinations("abc", 2)), list(it.combinations_with_replacement("ab", 2)))
a, b = it.tee(iter([1, 2, 3]))
print(next(a), list(b), list(a))
