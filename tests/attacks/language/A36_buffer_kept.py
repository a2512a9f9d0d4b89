# SPDX-License-Identifier: Apache-2.0
"""A stream keeps the view of a reader's buffer into which it was to read, longer than the
reader keeps the buffer.

class: A36
effect: memory of other objects, to read and to write
guard: types
profile: classroom
"""
import io


class Stream(io.RawIOBase):
    def readable(self):
        return True

    def readinto(self, view):
        global kept
        kept = view
        return len(view)


reader = io.BufferedReader(Stream(), 4096)
reader.read(1)
del reader
others = [bytes([number]) * 4040 for number in range(65, 90)]
if any(bytes(kept).count(number) > 2000 for number in range(65, 90)):
    leak(leak)
