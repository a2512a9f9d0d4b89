# SPDX-License-Identifier: Apache-2.0
# profile: page
# Decorators, with and without arguments.
import functools

calls = []


def logged(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        calls.append((f.__name__, args, kwargs))
        return f(*args, **kwargs)

    return wrapper


def repeat(times):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args):
            return [f(*args) for _ in range(times)]

        return wrapper

    return decorate


@logged
def add(a, b=1):
    return a + b


@repeat(times=3)
@logged
def greet(name):
    return "hi " + name


print(add(2), add(2, b=5), greet("Eva"))
print(calls)
print(add.__name__, greet.__name__)
