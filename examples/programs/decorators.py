# SPDX-License-Identifier: Apache-2.0
"""Decorators: with and without arguments, on classes, and from the library."""

from functools import cache, partial, reduce, singledispatch, wraps


def traced(function):
    """Print each call and what comes back, indented by depth."""

    @wraps(function)
    def wrapper(*args, **kwargs):
        shown = ", ".join([*map(repr, args), *(f"{k}={v!r}" for k, v in kwargs.items())])
        print("  " * wrapper.depth + f"{function.__name__}({shown})")
        wrapper.depth += 1
        try:
            result = function(*args, **kwargs)
        finally:
            wrapper.depth -= 1
        print("  " * wrapper.depth + f"-> {result!r}")
        return result

    wrapper.depth = 0
    return wrapper


@traced
def power(base, exponent=2):
    """The base times itself."""
    return 1 if exponent == 0 else base * power(base, exponent=exponent - 1)


@cache
class Settings:
    def __init__(self):
        print("reading the settings")


@singledispatch
def show(value):
    return f"something: {value}"


@show.register
def _(value: int):
    return f"a number: {value:,}"


@show.register(list)
def _(value):
    return f"{len(value)} things: " + ", ".join(map(show, value))


if __name__ == "__main__":
    print(power(3), power.__name__, power.__doc__)
    print(Settings() is Settings())
    print(show([1000, "x", [2]]))
    print(partial(int, base=2)("1011"), reduce(lambda a, b: a * b, range(1, 6)))
