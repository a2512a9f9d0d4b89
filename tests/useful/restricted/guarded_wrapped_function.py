# SPDX-License-Identifier: Apache-2.0
# profile: page
# refused: what a function wraps leads to functions of the library
# What functools leaves on a decorated function.
import functools


@functools.lru_cache
def slow(n):
    return n * 2


def trace(f):
    @functools.wraps(f)
    def wrapper(*a):
        return f(*a)

    return wrapper


@trace
def plain(n):
    return n + 1


double = functools.partial(pow, 2)
print(slow.__wrapped__(4), plain.__wrapped__(1), double.func(3, 2), double.args)
