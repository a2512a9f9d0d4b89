# SPDX-License-Identifier: Apache-2.0
"""An object whose comparison changes the dictionary that is being searched.

class: A36
effect: code of one's own runs in the midst of an operation of the interpreter
guard: end
"""
class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 1

    def __eq__(self, other):
        table.clear()
        table.update({i: i for i in range(50)})
        return False


table = {}
table.update({Key(1): 1, 5: 5})
try:
    found = table.get(Key(2))
    found = {Key(3): 1} == {Key(4): 2}
finally:
    if len(table) == 50:
        leak(leak)
