# SPDX-License-Identifier: Apache-2.0
"""Report a result and go on as if nothing had been.

class: B7
effect: the process goes on after its run has ended
always: after a result the broker ends the cell
"""
os.write(250, struct.pack("<IB", 1, 0x5E))
while True:
    pass
