# SPDX-License-Identifier: Apache-2.0
"""System calls by the third door: x32 numbers have bit 30 set.

class: D1
effect: a call by the x32 table gives a result
needs: native
always: the filter refuses the numbers, and most kernels do not have them
"""
calls = ctypes.CDLL("/work/calls.so")
pid = calls.cl_attack_syscall(39 | 0x40000000, 0, 0, 0, 0)
print(pid)
if pid > 0:
    gain("the x32 table answers")
