# SPDX-License-Identifier: Apache-2.0
"""Read sales from a CSV file, add them up, write a JSON report and another CSV."""

import csv
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path


def read_sales(path):
    """Yield rows with real types; a bad row is told with its line, and left out."""
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        for row in reader:
            try:
                yield {
                    "region": row["region"],
                    "product": row["product"],
                    "units": int(row["units"]),
                    "price": Decimal(row["price"]),
                }
            except (ValueError, ArithmeticError):
                print(f"line {reader.line_num}: left out: {row}")


def main():
    totals = defaultdict(Decimal)
    units = defaultdict(int)
    count = 0
    for sale in read_sales("sales.csv"):
        count += 1
        totals[sale["region"]] += sale["units"] * sale["price"]
        units[sale["product"]] += sale["units"]

    report = {
        "sales": count,
        "total": str(sum(totals.values())),
        "regions": {region: str(total) for region, total in sorted(totals.items())},
        "best_product": max(units, key=units.get),
    }
    text = json.dumps(report, indent=2, ensure_ascii=False)
    Path("report.json").write_text(text + "\n", encoding="utf-8")

    with open("units.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(["product", "units"])
        writer.writerows(sorted(units.items(), key=lambda item: (-item[1], item[0])))

    for region, total in sorted(totals.items(), key=lambda item: -item[1]):
        print(f"{region:8} {total:>10,.2f}")
    print(Path("units.csv").read_text(encoding="utf-8"), end="")
    assert json.loads(Path("report.json").read_text(encoding="utf-8")) == report


if __name__ == "__main__":
    main()
