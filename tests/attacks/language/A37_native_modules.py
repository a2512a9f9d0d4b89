# SPDX-License-Identifier: Apache-2.0
"""Modules of native code with descriptors and processes.

class: A37
effect: modules of native code
guard: builtins
"""
import _posixsubprocess
import _socket
import mmap

for module in (_posixsubprocess, _socket, mmap):
    leak(module)
