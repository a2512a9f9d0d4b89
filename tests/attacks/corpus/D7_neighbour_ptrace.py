# SPDX-License-Identifier: Apache-2.0
"""Attach to another run of the same zygote and change it.

class: D7
effect: the neighbour is stopped or changed
stopped-by: seccomp, landlock, pid-ns, scrub
beside: neighbour
as: user
"""
there = json.loads(T["neighbour_said"].split("UP")[0].splitlines()[-1])
PTRACE_SEIZE, PTRACE_INTERRUPT, PTRACE_POKEDATA = 0x4206, 0x4207, 5
pid = T["neighbour_pid"]
print(sysc("ptrace", PTRACE_SEIZE, pid, 0, 0), sysc("ptrace", PTRACE_INTERRUPT, pid, 0, 0))
time.sleep(0.1)
print(sysc("ptrace", PTRACE_POKEDATA, pid, there["address"], 0x4141414141414141))
