# SPDX-License-Identifier: Apache-2.0
"""Enumerations: a turnstile as a table of moves, and permissions as flags."""

from enum import Enum, Flag, auto, unique


@unique
class State(Enum):
    LOCKED = "locked"
    OPEN = "open"
    BROKEN = "out of order"

    @property
    def is_usable(self):
        return self is not State.BROKEN


class Event(Enum):
    COIN = auto()
    PUSH = auto()
    KICK = auto()
    REPAIR = auto()


class Access(Flag):
    READ = auto()
    WRITE = auto()
    SHARE = auto()
    EDITOR = READ | WRITE


MOVES = {
    (State.LOCKED, Event.COIN): State.OPEN,
    (State.LOCKED, Event.PUSH): State.LOCKED,
    (State.OPEN, Event.PUSH): State.LOCKED,
    (State.OPEN, Event.COIN): State.OPEN,
    (State.BROKEN, Event.REPAIR): State.LOCKED,
} | {(state, Event.KICK): State.BROKEN for state in State}


class IllegalMove(Exception):
    """The table has no such row."""


def step(state, event):
    try:
        return MOVES[state, event]
    except KeyError:
        raise IllegalMove(f"{event.name} while {state.value}") from None


def main():
    state = State.LOCKED
    for event in (Event.PUSH, Event.COIN, Event.PUSH, Event.KICK, Event.COIN, Event.REPAIR):
        try:
            after = step(state, event)
        except IllegalMove as error:
            print("  not possible:", error)
            continue
        print(f"{state.value:>12} --{event.name.lower()}--> {after.value}")
        state = after
    print("usable:", [state.name for state in State if state.is_usable], State("open").name)
    print("rows:", len(MOVES), "of", len(State) * len(Event))

    access = Access.READ | Access.SHARE
    print("may share:", Access.SHARE in access, "| may write:", Access.WRITE in access)
    access = (access | Access.EDITOR) & ~Access.SHARE
    print("editor now:", access is Access.EDITOR, "| bits:", access.value)
    try:
        State("lost")
    except ValueError as error:
        print("refused:", error)


if __name__ == "__main__":
    main()
