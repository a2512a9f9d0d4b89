# SPDX-License-Identifier: Apache-2.0
# profile: page
# Pretty printing.
import pprint
from pprint import pformat, pp

data = {"name": "thing", "values": list(range(30)), "nested": {"b": [{"x": 1}] * 3, "a": "text " * 20}}
pprint.pprint(data, width=60)
pp(data, depth=1)
print(pformat([1, "two", (3,)]), pprint.isreadable(data), pprint.isrecursive(data), pprint.saferepr({"k": [1]}))
pprint.PrettyPrinter(indent=4, width=30, compact=True).pprint(data["values"])
loop = [1]
loop.append(loop)
print(pprint.isrecursive(loop), pprint.isreadable(loop))
