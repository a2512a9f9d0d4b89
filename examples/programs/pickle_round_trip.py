# SPDX-License-Identifier: Apache-2.0
"""Objects to bytes and back: pickle in all its protocols, copy, and what cannot go."""

import copy
import io
import pickle
from collections import deque, namedtuple
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

Place = namedtuple("Place", "name population")


class Mood(Enum):
    GOOD = 1
    BAD = 2


class Journal:
    """Keeps an open buffer, which is not pickled but made anew."""

    def __init__(self, owner):
        self.owner = owner
        self.entries = []
        self.buffer = io.StringIO()

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["buffer"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.buffer = io.StringIO()


class Careful(pickle.Unpickler):
    """Loads nothing but what is named here."""

    def find_class(self, module, name):
        if (module, name) == ("datetime", "date"):
            return date
        raise pickle.UnpicklingError(f"{module}.{name} is not on the list")


def main():
    things = [
        Place("Ghent", 265_000), Mood.BAD, date(2024, 2, 29), Decimal("1.10"), 2**100,
        {1: {"a", "b"}, (2, 3): [None, True, 1e300]}, deque([1, 2], maxlen=2), range(3),
        timedelta(hours=30), "ünï", b"\0\xff",
    ]  # fmt: skip
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        back = pickle.loads(pickle.dumps(things, protocol))
        print(f"protocol {protocol}: {back == things}, {back[1] is Mood.BAD}")

    journal = Journal("Ines")
    journal.entries.append(journal)  # it holds itself
    twin = pickle.loads(pickle.dumps(journal))
    print(twin.owner, twin.entries[0] is twin, twin.buffer is not journal.buffer)
    shallow, deep = copy.copy(journal), copy.deepcopy(journal)
    print(shallow.entries is journal.entries, deep.entries[0] is deep)

    for value in (lambda: 0, (n for n in range(3))):
        try:
            pickle.dumps(value)
        except (pickle.PicklingError, TypeError, AttributeError):
            print(f"a {type(value).__name__} cannot be pickled")
    for value in (date(2024, 1, 1), Decimal(1)):
        try:
            print("loaded:", Careful(io.BytesIO(pickle.dumps(value))).load())
        except pickle.UnpicklingError as error:
            print("refused:", error)


if __name__ == "__main__":
    main()
