# SPDX-License-Identifier: Apache-2.0
# profile: page
# A class made by a call.
Pair = type("Pair", (), {"left": 1, "sum": lambda self: self.left + self.right})
p = Pair()
p.right = 2
print(p.sum(), Pair.__name__)
