# SPDX-License-Identifier: Apache-2.0
"""So is one that is inserted: it is asked twice.

class: A36
effect: the number is written into another object's memory
guard: types
profile: classroom
"""
from array import array

numbers = array("B", bytes(100000))
others = []


class Item:
    asked = 0

    def __index__(self):
        self.asked += 1
        if self.asked == 2:
            del numbers[8:]
            for _ in range(500):
                others.append(bytearray(3000))
        return 65


numbers.insert(50000, Item())
if any(any(other) for other in others):
    leak(leak)
