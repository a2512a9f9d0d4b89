# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Text over bytes, buffers over bytes, and what kinds of files there are.
import io

t = io.TextIOWrapper(io.BytesIO("é\nü".encode()), encoding="utf-8")
print(t.read().split())
b = io.BufferedReader(io.BytesIO(b"12345"))
print(b.peek(2)[:2], b.read(3), b.read())
f = io.StringIO()
print(isinstance(f, io.TextIOBase), isinstance(b, io.BufferedIOBase), isinstance(f, io.IOBase), isinstance(b, io.RawIOBase), io.DEFAULT_BUFFER_SIZE > 0)
