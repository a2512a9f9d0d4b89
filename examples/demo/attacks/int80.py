# SPDX-License-Identifier: Apache-2.0
# class: D1
# tries: machine code: calls by the 32-bit door
# machine: x86_64
# crash: the kernel, which has no 32-bit calls
import ctypes, mmap

page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
page.write(b"\xb8\x14\0\0\0\xcd\x80\xc3")  # mov eax, 20 (getpid); int 0x80; ret
call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
pid = call()
if pid > 0:
    reached("the 32-bit table answers")
else:
    refused(-pid, "int 0x80")
