# SPDX-License-Identifier: Apache-2.0
# profile: page
# Repeated letters, counted.
from itertools import groupby


def pack(text):
    return "".join(f"{len(list(g))}{c}" for c, g in groupby(text))


def unpack(text):
    out, number = [], ""
    for c in text:
        if c.isdigit():
            number += c
        else:
            out.append(c * int(number))
            number = ""
    return "".join(out)


print(pack("aaabccddddd"), unpack(pack("aaabccddddd")))
