# SPDX-License-Identifier: Apache-2.0
# does: read, change and write JSON
# prints: {"open": 2, "total": 61.5}
import json

orders = json.loads('[{"price": 12.5, "n": 1}, {"price": 24.5, "n": 2}, {"price": 3, "n": 0}]')
open_orders = [order for order in orders if order["n"]]
print(json.dumps({"open": len(open_orders),
                  "total": sum(order["price"] * order["n"] for order in open_orders)}))
