# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Files in memory.
import io

f = io.StringIO("one\ntwo\n")
print(f.read(3), f.readline(), list(f), f.tell())
f.seek(0)
f.write("ONE")
f.truncate(5)
print(f.getvalue(), f.readable(), f.closed)
with io.StringIO() as g:
    print("into", "memory", file=g)
    g.writelines(["a", "b"])
    print(repr(g.getvalue()))
b = io.BytesIO(b"abcdef")
print(b.read(2), b.seek(-1, io.SEEK_END), b.read(), b.seek(1, io.SEEK_SET), b.read1(2), b.seek(0, io.SEEK_CUR), b.getvalue(), bytes(b.getbuffer()[:2]))
buffer = bytearray(3)
b.seek(0)
print(b.readinto(buffer), buffer, b.write(b"Z"), b.getvalue())
for line in io.BytesIO(b"x\ny\n"):
    print(line)
try:
    io.StringIO().fileno()
except io.UnsupportedOperation as e:
    print("UnsupportedOperation:", e)
