# SPDX-License-Identifier: Apache-2.0
# does: read sales.csv, write report.csv
# file: sales.csv
# makes: report.csv
# prints: 3 towns, best Leiden 310
import csv

towns = {}
with open("sales.csv", newline="") as f:
    for row in csv.DictReader(f):
        towns[row["town"]] = towns.get(row["town"], 0) + int(row["pieces"])
with open("report.csv", "w", newline="") as f:
    writer = csv.writer(f)
    writer.writerow(["town", "pieces"])
    writer.writerows(sorted(towns.items()))
best = max(towns, key=towns.get)
print(f"{len(towns)} towns, best {best} {towns[best]}")
