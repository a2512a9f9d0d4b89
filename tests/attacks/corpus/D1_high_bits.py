# SPDX-License-Identifier: Apache-2.0
"""Arguments whose lower halves are harmless: clone with a flag above bit 31, socket with a
family above.

class: D1
effect: a process, a namespace or a socket by way of the upper half
needs: native
always: the filter compares all 64 bits where the kernel reads them
"""
calls = ctypes.CDLL("/work/calls.so")
calls.cl_attack_syscall.restype = ctypes.c_long
calls.cl_attack_syscall.argtypes = [ctypes.c_ulong] * 5
fd = calls.cl_attack_syscall(41, (1 << 32) | socket.AF_INET, socket.SOCK_STREAM, 0, 0)
if fd >= 0:
    gain("a socket")
if calls.cl_attack_syscall(56, (1 << 33) | 17, 0, 0, 0) >= 0:
    gain("a process")
