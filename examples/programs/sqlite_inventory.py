# SPDX-License-Identifier: Apache-2.0
"""A stock list in an SQLite file: transactions, an upsert, a backup."""

import sqlite3
from contextlib import closing
from pathlib import Path


class OutOfStock(Exception):
    """Fewer are there than were asked for."""


def open_stock(path):
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE IF NOT EXISTS stock (item TEXT PRIMARY KEY, count INTEGER)")
    return db


def deliver(db, items):
    with db:
        db.executemany(
            """INSERT INTO stock VALUES (:item, :count)
               ON CONFLICT (item) DO UPDATE SET count = count + excluded.count""",
            [{"item": item, "count": count} for item, count in items],
        )


def order(db, items):
    """Take all of the items out, or none of them."""
    with db:
        for item, count in items:
            done = db.execute(
                "UPDATE stock SET count = count - ? WHERE item = ? AND count >= ?",
                (count, item, count),
            )
            if done.rowcount == 0:
                raise OutOfStock(item)


def show(db, title):
    rows = db.execute("SELECT item, count FROM stock ORDER BY item").fetchall()
    print(f"{title}:", ", ".join(f"{count} {item}" for item, count in rows))


def main():
    with closing(open_stock("stock.db")) as db:
        deliver(db, [("bolts", 200), ("hinges", 12), ("springs", 30)])
        deliver(db, [("bolts", 50), ("washers", 500)])
        show(db, "delivered")
        order(db, [("bolts", 80), ("hinges", 4)])
        try:
            order(db, [("springs", 30), ("hinges", 9)])
        except OutOfStock as error:
            print("not enough:", error, "- nothing was taken")

    with closing(open_stock("stock.db")) as db, closing(
        sqlite3.connect(":memory:")
    ) as copy:
        show(db, "read again")
        db.backup(copy)
        copy.execute("DELETE FROM stock WHERE count < 100")
        show(copy, "in the copy")
        print("check:", db.execute("PRAGMA integrity_check").fetchone()[0])
    print("header:", Path("stock.db").read_bytes()[:15].decode())


if __name__ == "__main__":
    main()
