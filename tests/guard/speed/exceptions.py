# SPDX-License-Identifier: Apache-2.0
"""Exceptions and context managers."""


class Full(Exception):
    pass


class Guard:
    def __init__(self):
        self.entered = 0

    def __enter__(self):
        self.entered = self.entered + 1
        return self

    def __exit__(self, kind, error, trace):
        return kind is Full


def check(i):
    if i % 3 == 0:
        raise Full(i)
    if i % 5 == 0:
        return {}["missing"]
    return i


def main():
    total = 0
    guard = Guard()
    for i in range(120000):
        try:
            total += check(i)
        except Full as error:
            total += 1
        except KeyError:
            total += 2
        finally:
            total += 1
        with guard:
            if i % 4 == 0:
                raise Full(i)
    return total, guard.entered
