# SPDX-License-Identifier: Apache-2.0
# profile: page
# Slices for reading, writing and deleting.
s = "abcdefghij"
print(s[2:5], s[:3], s[-3:], s[::2], s[::-1], s[8:2:-2], s[:], s[5:100])
a = list(range(10))
a[2:5] = ["x"]
print(a)
a[::2] = [0] * len(a[::2])
print(a)
del a[1:3]
del a[-1]
print(a)
a[len(a):] = [7, 8]
print(a)
cut = slice(1, None, 3)
print(s[cut], cut.indices(10), cut.start, cut.stop, cut.step)
rows = [[1, 2], [3, 4]]
rows[0][1] = 20
print(rows, (1, 2, 3)[1:], b"bytes"[1:3], range(10)[3:6])
