# SPDX-License-Identifier: Apache-2.0
"""Decorators with arguments: try again, count calls, check types, keep results."""

import inspect
from functools import cached_property, wraps

ANSWERS = iter([False, False, True])


def retry(times, on):
    """Call again after an exception, that many times in all."""

    def decorate(function):
        @wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(1, times + 1):
                try:
                    return function(*args, **kwargs)
                except on as error:
                    print(f"attempt {attempt}: {error}")
            raise RuntimeError(f"{function.__name__} failed {times} times")

        return wrapper

    return decorate


def checked(function):
    """Compare the arguments with the annotations at each call."""
    signature = inspect.signature(function)

    @wraps(function)
    def wrapper(*args, **kwargs):
        for name, value in signature.bind(*args, **kwargs).arguments.items():
            expected = function.__annotations__.get(name, object)
            if not isinstance(value, expected):
                found = type(value).__name__
                raise TypeError(f"{name}: {expected.__name__} expected, {found} given")
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@retry(3, on=ConnectionError)
def connect():
    if not next(ANSWERS):
        raise ConnectionError("no answer")
    return "connected"


@checked
def repeat(text: str, times: int = 2):
    return text * times


class Circle:
    def __init__(self, radius):
        self.radius = radius

    @cached_property
    def area(self):
        print("working it out")
        return 3 * self.radius**2


if __name__ == "__main__":
    print(connect())
    try:
        retry(2, on=ValueError)(int)("ten")
    except RuntimeError as error:
        print(error)
    print(repeat("ha"), repeat("ho", times=3), repeat.calls)
    try:
        repeat("ha", "3")
    except TypeError as error:
        print("refused:", error)
    circle = Circle(2)
    print(circle.area, circle.area)
