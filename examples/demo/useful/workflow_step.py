# SPDX-License-Identifier: Apache-2.0
# does: a step in a workflow: events in, a report out
# profile: provider
# prints: 2026-03 61.40 of 2, 2026-04 19.90 of 1, open 1
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal

events = [{"day": "2026-03-30", "state": "paid", "amount": "41.50"},
          {"day": "2026-03-31", "state": "paid", "amount": "19.90"},
          {"day": "2026-04-01", "state": "open", "amount": "7.00"},
          {"day": "2026-04-02", "state": "paid", "amount": "19.90"}]
months = defaultdict(lambda: {"total": Decimal(0), "paid": 0})
n_open = 0
for event in events:
    month = months[f"{date.fromisoformat(event['day']):%Y-%m}"]
    match event:
        case {"state": "paid", "amount": amount}:
            month["paid"] += 1
            month["total"] += Decimal(amount)
        case {"state": "open"}:
            n_open += 1
report = json.loads(json.dumps(months, default=str))
print(", ".join(f"{name} {month['total']} of {month['paid']}" for name, month in report.items())
      + f", open {n_open}")
months
