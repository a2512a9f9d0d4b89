# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: CSV in, CSV out, with sums.
import csv
import io

text = """region,product,amount
north,tea,10
south,tea,20
north,cake,5.5
"""
totals = {}
for row in csv.DictReader(io.StringIO(text)):
    totals[row["region"]] = totals.get(row["region"], 0) + float(row["amount"])
out = io.StringIO()
writer = csv.writer(out, lineterminator="\n")
writer.writerow(["region", "amount"])
writer.writerows(sorted(totals.items(), key=lambda kv: -kv[1]))
print(out.getvalue(), end="")
