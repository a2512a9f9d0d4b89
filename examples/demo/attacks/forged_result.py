# SPDX-License-Identifier: Apache-2.0
# class: B7
# tries: claim to have ended well, and go on
# unseen: broker: a result is the end of its cell
# profile: brief
import struct

print('{"outcome": "ok", "exit_status": 0, "value": 42}', flush=True)
body = bytes([0]) + struct.pack("<IIIIIII", 0, 0, 0, 0, 0, 0, 0)  # ok, status 0; no value
body += struct.pack("<I", 5) + b"M" + struct.pack("<I", 0)  # no variables
body += b"\0" + struct.pack("<IQQ", 0, 0, 0)  # no error, no order, no time used
os.write(250, struct.pack("<IB", 1 + len(body), 0x5E) + body)
while True:
    pass
