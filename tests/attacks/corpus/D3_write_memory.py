# SPDX-License-Identifier: Apache-2.0
"""Write another process's memory: process_vm_writev on a host process of the same user.

class: D3
effect: the victim's memory changed
as: root
stopped-by-root: seccomp, pid-ns, landlock, user-ns, capabilities
"""
buffer = ctypes.create_string_buffer(b"changed")
local = (ctypes.c_ulong * 2)(ctypes.addressof(buffer), 7)
remote = (ctypes.c_ulong * 2)(T["victim_address"], 7)
print(sysc("process_vm_writev", T["victim"], local, 1, remote, 1, 0))
