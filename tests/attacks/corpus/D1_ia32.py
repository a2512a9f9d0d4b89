# SPDX-License-Identifier: Apache-2.0
"""System calls by the other door: int 0x80 has other numbers for the same calls.

class: D1
effect: a call by the 32-bit table gives a result
stopped-by: seccomp
needs: native ia32
"""
calls = ctypes.CDLL("/work/calls.so")
pid = calls.cl_attack_int80(20, 0, 0, 0)
print(pid)
if pid > 0:
    gain("the 32-bit table answers")
