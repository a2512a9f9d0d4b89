# SPDX-License-Identifier: Apache-2.0
# profile: page
# reduce, partial, cmp_to_key, singledispatch, wraps and their kin.
import functools
from functools import cmp_to_key, partial, partialmethod, reduce, singledispatch, total_ordering, update_wrapper, wraps

print(reduce(lambda a, b: a * b, range(1, 6)), reduce(max, [3, 9, 2], 5))
double = partial(pow, 2)
show = partial(print, "->", sep=" ", end="!\n")
print(double(5), partial(int, base=2)("1010"))
show("partial")
print(sorted(["b", "A", "c"], key=cmp_to_key(lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))))


@singledispatch
def show_kind(x):
    return "something"


@show_kind.register
def _(x: int):
    return f"int {x}"


@show_kind.register(list)
@show_kind.register(tuple)
def _(x):
    return f"{len(x)} items"


print(show_kind(1), show_kind([1, 2]), show_kind(()), show_kind(None), show_kind.dispatch(bool)(True))


class Cell:
    def __init__(self):
        self.alive = False

    def set_state(self, state):
        self.alive = state

    set_alive = partialmethod(set_state, True)


cell = Cell()
cell.set_alive()
print(cell.alive)


class Shape:
    @functools.singledispatchmethod
    def scale(self, by):
        return "cannot"

    @scale.register
    def _(self, by: int):
        return f"times {by}"


print(Shape().scale(2), Shape().scale("x"))


def outer(f):
    def inner(*a):
        return f(*a)

    return update_wrapper(inner, f)


@outer
def named(a):
    """About it."""
    return a


print(named.__name__, named(1), "__name__" in functools.WRAPPER_ASSIGNMENTS)
