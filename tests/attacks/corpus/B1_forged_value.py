# SPDX-License-Identifier: Apache-2.0
"""A RESULT whose value is not in the tagged form but a pickle, a marshal, JSON.

class: B1
effect: the canary directory has a new entry, or the broker crashes or grows
always: what is not in the tagged form is verdict protocol
"""
import pickle


class Gift:
    def __reduce__(self):
        return os.mkdir, (T["paths"]["open"] + "/unpickled",)


value = pickle.dumps(Gift())
body = bytes([0]) + struct.pack("<IIIIBQII", *[0] * 7, len(value)) + value
body += struct.pack("<III", 0, 0, 5) + b"M" + struct.pack("<I", 0)
body += b"\0" + struct.pack("<IQQ", 0, 0, 0)
os.write(250, struct.pack("<IB", 1 + len(body), 0x5E) + body)
time.sleep(0.3)
