# SPDX-License-Identifier: Apache-2.0
"""Notes that outlive the program's objects: a shelf in a temporary directory."""

import shelve
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass
class Note:
    title: str
    day: date
    tags: set = field(default_factory=set)

    def matches(self, word):
        return word in self.tags or word.lower() in self.title.lower()


class Notebook:
    def __init__(self, path):
        self._shelf = shelve.open(str(path))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._shelf.close()

    def add(self, title, day, *tags):
        key = f"{len(self._shelf) + 1:03}"
        self._shelf[key] = Note(title, day, set(tags))
        return key

    def tag(self, key, *tags):
        note = self._shelf[key]
        note.tags.update(tags)
        self._shelf[key] = note  # a change inside a value is not seen by the shelf

    def find(self, word):
        return [key for key in sorted(self._shelf) if self._shelf[key].matches(word)]

    def remove(self, key):
        del self._shelf[key]

    def __iter__(self):
        return iter(sorted(self._shelf.items()))


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "notes")
        with Notebook(path) as book:
            book.add("Order seeds", date(2024, 2, 1), "garden")
            book.add("Mend the gate", date(2024, 3, 9), "garden", "urgent")
            first = book.add("Call the garden centre", date(2024, 3, 11))
            book.tag(first, "phone")
            book.remove("001")

        with Notebook(path) as book:
            for key, note in book:
                print(key, note.day, note.title, sorted(note.tags))
            print("garden:", book.find("garden"), "| phone:", book.find("phone"))
            try:
                book.remove("001")
            except KeyError:
                print("note 001 is gone")

        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".txt") as file:
            print("scratch:", Path(file.name).exists(), file.write("12345"))
    with tempfile.SpooledTemporaryFile(max_size=100) as spool:
        spool.write(b"x" * 5000)
        spool.seek(-3, 2)
        print(spool.read(), spool.tell())
    print("cleaned up:", not Path(folder).exists())


if __name__ == "__main__":
    main()
