# SPDX-License-Identifier: Apache-2.0
"""Read the memory of another run of the same zygote.

class: D7
effect: the neighbour's secret is read out of its memory
stopped-by: seccomp, landlock, pid-ns, scrub
beside: neighbour
as: user
"""
there = json.loads(T["neighbour_said"].split("UP")[0].splitlines()[-1])
buffer = ctypes.create_string_buffer(200)
local = (ctypes.c_ulong * 2)(ctypes.addressof(buffer), 60)
remote = (ctypes.c_ulong * 2)(there["address"], 60)
print(sysc("process_vm_readv", T["neighbour_pid"], local, 1, remote, 1, 0), buffer.raw)
