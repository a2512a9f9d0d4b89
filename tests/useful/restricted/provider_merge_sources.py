# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: join two lists of records by key.
from itertools import groupby
from operator import itemgetter

users = [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bo"}, {"id": 3, "name": "Cy"}]
orders = [{"user": 2, "sum": 5}, {"user": 1, "sum": 7}, {"user": 2, "sum": 1}]
by_user = {k: [o["sum"] for o in g] for k, g in groupby(sorted(orders, key=itemgetter("user")), key=itemgetter("user"))}
joined = [{**u, "orders": len(by_user.get(u["id"], [])), "sum": sum(by_user.get(u["id"], []))} for u in users]
print(*joined, sep="\n")
print(max(joined, key=lambda j: j["sum"])["name"], [j["name"] for j in joined if not j["orders"]])
