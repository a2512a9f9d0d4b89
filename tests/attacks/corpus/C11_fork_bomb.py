# SPDX-License-Identifier: Apache-2.0
"""A fork bomb where some processes are granted.

class: C11
effect: there are more processes than limits.processes and the slack
profile: many
always: RLIMIT_NPROC in the cell's user namespace, and the broker counts the tree
"""
import fcntl
import termios

# Each process leaves a byte and none ends: their number is known, and an end to it, lest
# the attack succeed beyond what it is to show.
ours, theirs = os.pipe()
ENOUGH = 256


def bomb():
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        if struct.unpack("i", fcntl.ioctl(ours, termios.FIONREAD, bytes(4)))[0] > ENOUGH:
            time.sleep(0.1)
            continue
        try:
            if os.fork() == 0:
                os.write(theirs, b"x")
        except OSError as e:
            time.sleep(0.01)


attempt(bomb)
