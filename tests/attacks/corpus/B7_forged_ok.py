# SPDX-License-Identifier: Apache-2.0
"""Report, in a form that is right in every byte, that all went well and took no time; and
go on.

class: B7
effect: the process goes on after its run has ended
profile: brief
always: after a result the broker ends the cell, and time is what it measured
"""
body = bytes([0]) + struct.pack("<IIIIBQIIII", *[0] * 10)
body += struct.pack("<I", 5) + b"M" + struct.pack("<I", 0)
body += b"\0" + struct.pack("<IQQ", 0, 0, 0)
os.write(250, struct.pack("<IB", 1 + len(body), 0x5E) + body)
while True:
    pass
