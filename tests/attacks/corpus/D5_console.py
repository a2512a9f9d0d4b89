# SPDX-License-Identifier: Apache-2.0
"""Take or change a terminal by every descriptor: paste, redirect the console, make it one's own.

class: D5
effect: such a request succeeds
always: no descriptor is a terminal, and requests are on a list
"""
import fcntl

attempt(os.setsid)
for request in (0x541C, 0x540E, 0x541D, 0x5423, 0x4B3A, 0x4B47, 0x5607, 0x5401 + 1):
    for fd in (0, 1, 2, 250):
        try:
            fcntl.ioctl(fd, request, bytearray(64))
            gain(f"request {request:#x} on {fd}")
        except OSError:
            pass
if attempt(os.ctermid) and attempt(os.open, os.ctermid(), os.O_RDWR) is not None:
    gain("a controlling terminal")
