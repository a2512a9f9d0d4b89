# SPDX-License-Identifier: Apache-2.0
"""Report twice, the second time something else, and a third time garbage.

class: B7
effect: the broker crashes or grows, or the next run fails
always: after a result nothing more is read
"""
body = struct.pack("<IIIIBQIIII", *[0] * 10)
body += struct.pack("<I", 5) + b"M" + struct.pack("<I", 0)
body += b"\0" + struct.pack("<IQQ", 0, 0, 0)
frames = b"".join(struct.pack("<IB", 2 + len(body), 0x5E) + bytes([end]) + body
                  for end in (0, 1, 3, 99))
os.write(250, frames + b"\xff" * 1000)
time.sleep(0.3)
