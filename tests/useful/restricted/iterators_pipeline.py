# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Generators, one after another.
from itertools import islice


def numbers():
    n = 0
    while True:
        yield n
        n += 1


def squares(items):
    for n in items:
        yield n * n


def only(test, items):
    return (x for x in items if test(x))


def windows(items, size):
    window = []
    for x in items:
        window = (window + [x])[-size:]
        if len(window) == size:
            yield tuple(window)


print(list(islice(windows(only(lambda n: n % 2, squares(numbers())), 3), 3)))
