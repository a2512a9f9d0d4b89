# SPDX-License-Identifier: Apache-2.0
# profile: page
# Built-in functions over iterables.
print(all([1, True]), any([0, ""]), list(enumerate("ab")), list(filter(str.isalpha, "a1b")), list(map(len, ["a", "bb"])))
print(list(zip([1, 2, 3], "ab")), sorted({"b": 1, "a": 2}), list(reversed([1, 2])), sum([[1], [2]], []), min("hello"), max([1, 5], [2, 0]), max([], default=None))
it = iter("xyz")
print(next(it), list(it), len(range(5)), list(map(lambda *a: a, "ab", [1, 2], (True, False))))
print(tuple("ab"), list({1: 2}), set([1, 1]), frozenset([2]), dict(a=1), str(1.0), bytes("é", "utf-8"), bytearray(b"x"), complex(1, 2), bool("False"))
print(isinstance(3, (int, str)), issubclass(bool, (int,)), callable(print), repr("q"), hash(5), ord("A"), chr(97), format(3, "03"), round(3.14159, 3), abs(-2), pow(2, -1), divmod(9, 4))
print(type(3).__name__, type([]) is list, object() is not object(), slice(3), list(range(3))[slice(1)], super, NotImplemented, zip, property, staticmethod, classmethod)
