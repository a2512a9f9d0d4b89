# SPDX-License-Identifier: Apache-2.0
# class: B8
# tries: order the broker about by forged frames
import struct

for kind in range(256):
    os.write(250, struct.pack("<IB", 5, kind) + b"\xff" * 4)
time.sleep(1)
reached("the caller goes on listening")
