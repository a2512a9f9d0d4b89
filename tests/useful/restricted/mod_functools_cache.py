# SPDX-License-Identifier: Apache-2.0
# profile: page
# Caches.
import functools
from functools import cache, cached_property, lru_cache

calls = []


@lru_cache(maxsize=32)
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@cache
def square(n):
    calls.append("s")
    return n * n


class Circle:
    def __init__(self, r):
        self.r = r

    @cached_property
    def area(self):
        calls.append("area")
        return round(3.14159 * self.r ** 2, 2)


print(fib(30), len(calls), fib.cache_info().hits, fib.cache_parameters())
fib.cache_clear()
print(fib.cache_info().currsize, square(4), square(4), functools.lru_cache(lambda x: -x)(3))
c = Circle(2)
print(c.area, c.area, calls[-2:])
