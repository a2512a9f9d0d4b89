# SPDX-License-Identifier: Apache-2.0
# profile: page
# Records, sorted in several ways.
stock = [
    {"name": "bolt", "n": 120, "price": 0.1},
    {"name": "nut", "n": 80, "price": 0.1},
    {"name": "gear", "n": 7, "price": 4.5},
]
print([s["name"] for s in sorted(stock, key=lambda s: (s["price"], -s["n"]))])
print(max(stock, key=lambda s: s["n"] * s["price"])["name"], sum(s["n"] for s in stock))
stock.sort(key=lambda s: s["name"], reverse=True)
print(*(f"{s['name']:>6}: {s['n']:4d}" for s in stock), sep="\n")
