# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Books, readers, and who has what.
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum


class Status(Enum):
    IN = "in"
    OUT = "out"


@dataclass
class Book:
    title: str
    status: Status = Status.IN
    due: date | None = None
    history: list[str] = field(default_factory=list, repr=False)


class Library:
    def __init__(self, *titles):
        self.books = {t: Book(t) for t in titles}

    def lend(self, title, reader, today):
        book = self.books[title]
        if book.status is Status.OUT:
            raise LookupError(f"{title} is out until {book.due:%d %b}")
        book.status, book.due = Status.OUT, today + timedelta(weeks=3)
        book.history.append(reader)
        return book

    def overdue(self, today):
        return [b.title for b in self.books.values() if b.due and b.due < today]


lib, day = Library("Emma", "Dune"), date(2024, 2, 20)
print(lib.lend("Emma", "Ann", day))
try:
    lib.lend("Emma", "Bo", day)
except LookupError as e:
    print(e)
print(lib.overdue(date(2024, 3, 13)), lib.books["Emma"].history)
