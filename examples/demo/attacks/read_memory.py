# SPDX-License-Identifier: Apache-2.0
# class: D3
# tries: read the memory of cloche and other runs
# ESRCH: PID namespace: nobody of that number
# bare: yes
import ctypes

buffer = ctypes.create_string_buffer(64)
here = (ctypes.c_ulong * 2)(ctypes.addressof(buffer), 63)
there = (ctypes.c_ulong * 2)(HOST["address"], 63)
for pid in [HOST["victim"], HOST["cloche"], *HOST["others"]]:
    attempt("mem", lambda: open(f"/proc/{pid}/mem", "rb").close())
    syscall("process_vm_readv", pid, here, 1, there, 1, 0)
    print(buffer.value)
