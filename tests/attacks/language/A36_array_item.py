# SPDX-License-Identifier: Apache-2.0
"""An item that is asked for its number makes the array smaller before it answers.

class: A36
effect: the number is written into another object's memory
guard: types
profile: classroom
"""
from array import array

numbers = array("B", bytes(100000))
others = []


class Item:
    def __index__(self):
        del numbers[8:]
        for _ in range(500):
            others.append(bytearray(3000))
        return 65


try:
    numbers[50000] = Item()
except IndexError as e:
    print(e)
if any(any(other) for other in others):
    leak(leak)
