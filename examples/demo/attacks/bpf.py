# SPDX-License-Identifier: Apache-2.0
# class: D4
# tries: load a program into the kernel
import struct

if syscall("bpf", 0, struct.pack("IIII", 2, 4, 4, 1) + bytes(64), 80) is not None:
    reached("a bpf map")
