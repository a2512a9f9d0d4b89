# SPDX-License-Identifier: Apache-2.0
"""Read another process's memory: process_vm_readv on a host process of the same user.

class: D3
effect: the victim's secret is read out of its memory
as: root
stopped-by-root: seccomp, pid-ns, landlock, user-ns, capabilities
"""
buffer = ctypes.create_string_buffer(200)
local = (ctypes.c_ulong * 2)(ctypes.addressof(buffer), 40)
remote = (ctypes.c_ulong * 2)(T["victim_address"], 40)
print(sysc("process_vm_readv", T["victim"], local, 1, remote, 1, 0), buffer.raw)
