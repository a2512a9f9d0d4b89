# SPDX-License-Identifier: Apache-2.0
"""Structural pattern matching: commands, JSON events, points and sequences."""

from dataclasses import dataclass


@dataclass
class Point:
    x: float
    y: float


def place(thing):
    match thing:
        case Point(0, 0):
            return "the origin"
        case Point(x=0) | Point(y=0):
            return "on an axis"
        case Point(x, y) if x == y:
            return f"on the diagonal at {x}"
        case Point():
            return "somewhere"
        case (Point() as first, *_, Point() as last):
            return f"from {first.x},{first.y} to {last.x},{last.y}"
        case float() | int():
            return "a number"
        case _:
            return "no place"


def command(line):
    match line.split():
        case []:
            return "nothing"
        case ["go", ("north" | "south" | "east" | "west") as way]:
            return f"walking {way}"
        case ["take", *things] if things:
            return f"taking {len(things)}: {' and '.join(things)}"
        case ["give", thing, "to", whom]:
            return f"{whom} gets the {thing}"
        case [verb, *_]:
            return f"cannot {verb}"


def event(data):
    match data:
        case {"type": "click", "at": [int(x), int(y)], **rest}:
            return f"click at {x},{y}" + (f" with {sorted(rest)}" if rest else "")
        case {"type": "key", "code": int() | str() as code}:
            return f"key {code!r}"
        case None | {}:
            return "empty or unknown"


if __name__ == "__main__":
    for line in ("go north", "go up", "take rope lamp", "give key to Ada", "", "take"):
        print(f"{line!r}: {command(line)}")
    for data in (
        {"type": "click", "at": [3, 4], "shift": 1},
        {"type": "key", "code": "a"},
        {},
        None,
    ):
        print(event(data))
    for thing in (
        Point(0, 0),
        Point(0, 5),
        Point(2, 2),
        Point(1, 9),
        [Point(1, 2)] * 3,
        2.5,
        "x",
    ):
        print(place(thing))
