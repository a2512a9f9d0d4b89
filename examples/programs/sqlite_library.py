# SPDX-License-Identifier: Apache-2.0
"""A lending library in an SQLite database in memory: joins, groups, windows."""

import sqlite3

SCHEMA = """
CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, year INTEGER);
CREATE TABLE member (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
CREATE TABLE loan (
    book INTEGER REFERENCES book, member INTEGER REFERENCES member,
    day TEXT NOT NULL, days INTEGER CHECK (days > 0));
CREATE INDEX loan_book ON loan (book);
"""
BOOKS = [
    ("The Tidal Mill", 1987), ("Nine Bridges", 2003), ("Ash and Iron", 1999),
    ("A Field Guide to Clouds", 2011),
]  # fmt: skip
LOANS = [
    (1, 1, "2024-01-03", 14), (2, 1, "2024-01-20", 7), (1, 2, "2024-02-01", 21),
    (3, 3, "2024-02-02", 10), (1, 3, "2024-03-05", 3),
]  # fmt: skip


class Longest:
    """An aggregate of our own: the longest text of a group."""

    def __init__(self):
        self.text = ""

    def step(self, value):
        self.text = max(self.text, value, key=len)

    def finalize(self):
        return self.text


def main():
    db = sqlite3.connect(":memory:")
    db.execute("PRAGMA foreign_keys = ON")
    db.row_factory = sqlite3.Row
    db.create_function("decade", 1, lambda year: f"{year // 10 * 10}s", deterministic=True)
    db.create_aggregate("longest", 1, Longest)
    db.executescript(SCHEMA)
    with db:
        db.executemany("INSERT INTO book (title, year) VALUES (?, ?)", BOOKS)
        db.executemany(
            "INSERT INTO member (name) VALUES (?)", [("Ines",), ("Omar",), ("Yuki",)]
        )
        db.executemany("INSERT INTO loan VALUES (?, ?, ?, ?)", LOANS)

    print("loans of each book:")
    query = """SELECT title, count(loan.book) AS n, coalesce(sum(days), 0) AS days
               FROM book LEFT JOIN loan ON loan.book = book.id
               GROUP BY book.id ORDER BY n DESC, title"""
    for row in db.execute(query):
        print(f"  {row['title']:24} {row['n']} loans, {row['days']} days")

    print("running total of days:")
    query = """SELECT day, name, sum(days) OVER (ORDER BY day) AS total
               FROM loan JOIN member ON member.id = loan.member"""
    for day, name, total in db.execute(query):
        print(f"  {day} {name:5} {total:3}")

    rows = db.execute("SELECT decade(year), longest(title) FROM book GROUP BY 1 ORDER BY 1")
    print("by decade:", [tuple(row) for row in rows])
    for statement in (
        "INSERT INTO loan VALUES (99, 1, '2024-01-01', 5)",
        "INSERT INTO loan VALUES (1, 1, '2024-01-01', -5)",
        "INSERT INTO member (name) VALUES ('Ines')",
    ):
        try:
            with db:
                db.execute(statement)
        except sqlite3.IntegrityError as error:
            print("refused:", error)


if __name__ == "__main__":
    main()
