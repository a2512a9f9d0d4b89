# SPDX-License-Identifier: Apache-2.0
"""Type into the caller's terminal: TIOCSTI, on every descriptor and terminal there is.

class: D5
effect: characters in the terminal's input
always: a session of one's own, no terminal open, none in /dev, and the request ends the
    run
"""
import fcntl

for path in ("/dev/tty", "/dev/console", "/dev/pts/0", "/dev/ptmx"):
    if attempt(os.open, path, os.O_RDWR | os.O_NOCTTY) is not None:
        gain(path)
for fd in range(256):
    try:
        fcntl.ioctl(fd, 0x5412, b"x")
        gain(f"TIOCSTI on {fd}")
    except OSError:
        pass
