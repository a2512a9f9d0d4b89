# SPDX-License-Identifier: Apache-2.0
"""Descriptors in flight are counted for each user of the host: send many to oneself and
read none.

class: D14
effect: another run of the same user cannot start while they are there
as: user
beside: probe
always: limits.open_files is set after the cell has sent what it must, so a neighbour's
    number does not decide
"""
import array

a, b = socket.socketpair()
try:
    while True:
        a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0] * 250))])
except OSError as e:
    print(e)
print("HOLD", flush=True)
time.sleep(0.6)
