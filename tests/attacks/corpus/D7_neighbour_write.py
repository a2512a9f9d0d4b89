# SPDX-License-Identifier: Apache-2.0
"""Change the memory of another run of the same zygote.

class: D7
effect: the neighbour finds its memory changed
stopped-by: seccomp, landlock, pid-ns, scrub
beside: neighbour
as: user
"""
there = json.loads(T["neighbour_said"].split("UP")[0].splitlines()[-1])
buffer = ctypes.create_string_buffer(b"changed")
local = (ctypes.c_ulong * 2)(ctypes.addressof(buffer), 7)
remote = (ctypes.c_ulong * 2)(there["address"], 7)
print(sysc("process_vm_writev", T["neighbour_pid"], local, 1, remote, 1, 0))
