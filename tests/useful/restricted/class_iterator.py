# SPDX-License-Identifier: Apache-2.0
# profile: page
# Iterators: __iter__ and __next__, and iter() with a sentinel.
class Countdown:
    def __init__(self, start):
        self.n = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1

    def __length_hint__(self):
        return self.n


print(list(Countdown(5)), sum(Countdown(4)), max(Countdown(3)), tuple(Countdown(2)))
a, *rest = Countdown(4)
print(a, rest, 2 in Countdown(3))
source = iter("abc.def")
print(list(iter(lambda: next(source), ".")), "".join(source))
it = iter([1, 2])
print(next(it), next(it), next(it, None))
print(list(enumerate("ab", 5)), list(zip("abc", Countdown(3), strict=True)))
