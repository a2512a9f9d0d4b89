# SPDX-License-Identifier: Apache-2.0
# What a hostile cell does that has the restricted language alone: acts out of a table,
# drawn by SEED, as isolated.py has them. What the check would refuse is in no line of it,
# or nothing else would be tried; what is refused as it runs is.
import copy
import functools
import itertools
import json
import random
import re
import string

rng = random.Random(SEED)
held = []


class Odd:
    """Whatever it is asked, it makes trouble."""

    def __init__(self, depth=0):
        self.inner = Odd(depth - 1) if depth else None

    def __repr__(self):
        return rng.choice(("x" * 100000, repr(self.inner), repr(self)))

    def __str__(self):
        return str(1 // 0)

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return rng.random() < 0.001

    def __lt__(self, other):
        held.append(bytes(10000))
        return rng.random() < 0.5

    def __iter__(self):
        return itertools.count()

    def __len__(self):
        return rng.choice((0, -1, 1 << 62))

    def __getitem__(self, index):
        return Odd()

    def __call__(self, *args):
        return self(*args)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        raise ValueError(self)


def output_flood():
    text = rng.choice(("x", "\n", "\x00", "\x1b[2J", "\ud800")) * rng.choice((1, 100, 65536))
    for _ in range(rng.choice((10, 9000))):
        print(text)


def refused_names():
    """What is refused as it runs, again and again."""
    for _ in range(rng.choice((3, 3000))):
        try:
            rng.choice((
                lambda: "{0.__class__.__mro__}".format(held),
                lambda: "{0.gi_frame}".format(x for x in held),
                lambda: string.Template("$x").safe_substitute(held),
                lambda: functools.reduce(Odd.missing, held, held),
                lambda: json.loads("[" * 9000),
                lambda: json.codecs,
            ))()
        except Exception:
            pass


def large_values():
    n = rng.choice((1 << 16, 1 << 20, 1 << 24, 1 << 28, 1 << 40))
    rng.choice((
        lambda: held.append("x" * n), lambda: held.append([0] * n), lambda: held.append(10 ** n),
        lambda: held.append(f"{1:>{n}}"), lambda: held.append("%*d" % (n, 1)),
        lambda: held.append(bytes(n)), lambda: held.append(1 << n),
        lambda: held.append(list(range(n))), lambda: held.append("a".join("b" * n)),
        lambda: held.append("ab".replace("", "c" * n)), lambda: held.append(str(7 ** (n % 99999))),
        lambda: held.extend(held), lambda: held.append(json.dumps([[1] * 1000] * n)),
    ))()


def small_values():
    for n in range(9000):
        held.append((n, str(n), [n], {n: n}))


def loops():
    for _ in itertools.count():
        pass


def recursion():
    recursion()


def recursion_in_c():
    it = iter(())
    for _ in range(9000):
        it = map(Odd, it)
    list(it)


def patterns():
    re.match(r"(a|a?)+$", "a" * 40 + "b")


def sorting():
    sorted(Odd() for _ in range(2000))
    {Odd(): n for n in range(2000)}


def copies():
    cycle = [held]
    cycle.append(cycle)
    copy.deepcopy([cycle, Odd(50)])
    json.dumps(cycle)


def errors():
    """A long chain of exceptions, each of which catches the one before."""
    for n in range(rng.choice((10, 3000))):
        try:
            raise ValueError("y" * n, Odd())
        except ValueError as error:
            held.append(error)
    raise ExceptionGroup("g", [KeyError(Odd()), OSError(rng.choice((12, 24, 27, 28, 11)), "made up")])


def unending_calls():
    rng.choice((
        lambda: sum(itertools.count()), lambda: list(Odd()), lambda: max(Odd()),
        lambda: "x" in Odd(), lambda: tuple(itertools.cycle("x")), lambda: dict(Odd()),
        lambda: all(itertools.repeat(1)),
    ))()


def with_statements():
    with Odd(), Odd(), Odd():
        refused_names()


ACTS = (output_flood, refused_names, large_values, small_values, loops, recursion,
        recursion_in_c, patterns, sorting, copies, errors, unending_calls, with_statements)
mine = rng.sample(ACTS, rng.randrange(1, 4))
for _ in range(rng.choice((1, 3, 30))):
    try:
        rng.choice(mine)()
    except Exception:
        pass
if rng.random() < 0.3:
    rng.choice(mine)()
result = rng.choice((None, Odd(), held, "x" * 100000, {"a": [1.5, None]}, "\ud800", 1 << 200))
result
