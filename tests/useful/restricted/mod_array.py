# SPDX-License-Identifier: Apache-2.0
# profile: page
# Compact arrays of numbers.
import array
from array import typecodes

a = array.array("i", [3, 1, 2])
a.append(10)
a.extend([5, 5])
a.insert(0, 99)
print(a, len(a), a[1:3], a.index(10), a.count(5), a.pop(), a.typecode, a.itemsize)
a.remove(99)
a.reverse()
print(a.tolist(), sum(a), 10 in a, a == array.array("i", [5, 10, 2, 1, 3]))
b = array.array("d", [1.5, 2.5])
b.fromlist([3.5])
print(b, b.tobytes() == array.array("d", b.tolist()).tobytes(), isinstance(b, array.array))
c = array.array("B")
c.frombytes(b"\x01\x02")
c.byteswap()
print(c, "i" in typecodes, array.array("H", b"\x01\x02").tobytes())
