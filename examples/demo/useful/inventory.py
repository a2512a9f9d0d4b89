# SPDX-License-Identifier: Apache-2.0
# does: tables and a query in SQLite
# prints: bolts 120, nuts 80
import sqlite3

db = sqlite3.connect("stock.db")
db.execute("create table stock (part text, place text, pieces integer)")
db.executemany("insert into stock values (?, ?, ?)", [
    ("bolts", "north", 70), ("bolts", "south", 50), ("nuts", "north", 80)])
db.commit()
rows = db.execute("select part, sum(pieces) from stock group by part order by part")
print(", ".join(f"{part} {pieces}" for part, pieces in rows))
