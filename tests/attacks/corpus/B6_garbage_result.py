# SPDX-License-Identifier: Apache-2.0
"""Results that are not results: random bytes as the payload.

class: B6
effect: the broker crashes or grows
always: a payload is read with bounds, and what cannot be read is verdict protocol
"""
import random

kind = random.choice((0x5B, 0x5C, 0x5D, 0x5E))
body = random.randbytes(random.randrange(1, 3000))
os.write(250, struct.pack("<IB", 1 + len(body), kind) + body)
time.sleep(0.2)
