# SPDX-License-Identifier: Apache-2.0
# profile: page
# What is true, what is the same, what is equal.
for v in (0, 1, -1, 0.0, "", "0", [], [0], {}, (), None, set(), b"", 0j, range(0)):
    print(repr(v), bool(v), end="; ")
print()
a, b = [1], [1]
print(a == b, a is b, a is a, not a is b, all([]), any([]), [] == (), 1 == True, "1" == 1)
print(isinstance(1, object), isinstance(None, type(None)), issubclass(bool, int), type(1) is int, type("") == str)
print(callable(len), callable(3), hash(1) == hash(1.0), hash("a") == hash("a"), repr(...), object() == object())
