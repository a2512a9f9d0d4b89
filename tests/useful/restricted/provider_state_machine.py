# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: a ticket's states and what may follow.
from enum import Enum


class State(Enum):
    NEW = "new"
    OPEN = "open"
    DONE = "done"


NEXT = {State.NEW: {State.OPEN, State.DONE}, State.OPEN: {State.DONE}, State.DONE: set()}


class Ticket:
    def __init__(self):
        self.state = State.NEW
        self.history = []

    def move(self, state):
        if state not in NEXT[self.state]:
            raise ValueError(f"{self.state.value} -> {state.value} is not possible")
        self.history.append(self.state)
        self.state = state
        return self


t = Ticket().move(State.OPEN).move(State.DONE)
print([s.value for s in t.history], t.state)
try:
    t.move(State.NEW)
except ValueError as e:
    print(e)
