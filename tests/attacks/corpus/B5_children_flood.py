# SPDX-License-Identifier: Apache-2.0
"""Several processes print at once, as fast as they can.

class: B5
effect: the broker grows, or more processes are left
profile: many
always: all of a run's processes share the two pipes, and the end is for all of them
"""
for _ in range(3):
    try:
        if os.fork() == 0:
            break
    except OSError:
        break
while True:
    os.write(1, b"x" * 65536)
