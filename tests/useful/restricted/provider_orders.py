# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: take orders, group by customer, give totals.
import json
from collections import defaultdict

items = json.loads("""[
  {"customer": "Ann", "sku": "T1", "qty": 2, "price": 9.5},
  {"customer": "Bo", "sku": "C3", "qty": 1, "price": 20},
  {"customer": "Ann", "sku": "C3", "qty": 1, "price": 20}
]""")
totals = defaultdict(float)
for item in items:
    totals[item["customer"]] += item["qty"] * item["price"]
result = [{"json": {"customer": c, "total": round(t, 2)}} for c, t in sorted(totals.items())]
print(json.dumps(result))
