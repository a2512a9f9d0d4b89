# SPDX-License-Identifier: Apache-2.0
# profile: page
# refused: a class of any methods; a class statement is checked
# A class made by a call.
Pair = type("Pair", (), {"left": 1, "sum": lambda self: self.left + self.right})
p = Pair()
p.right = 2
print(p.sum(), Pair.__name__)
