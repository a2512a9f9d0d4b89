# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# A table with gaps and typing errors, cleaned.
import csv
import io
from statistics import median

raw = """id,city,temp
1, Leiden ,21.5
2,utrecht,n/a
3,LEIDEN,19
x,Delft,18
5,Delft,17,5
"""
clean, bad = [], []
for row in csv.DictReader(io.StringIO(raw)):
    try:
        if None in row:
            raise ValueError("too many columns")
        clean.append({"id": int(row["id"]), "city": row["city"].strip().title(), "temp": float(row["temp"]) if row["temp"] != "n/a" else None})
    except ValueError as e:
        bad.append((row["id"], str(e)))
middle = median(r["temp"] for r in clean if r["temp"] is not None)
for r in clean:
    r["temp"] = middle if r["temp"] is None else r["temp"]
print(*clean, sep="\n")
print(bad)
