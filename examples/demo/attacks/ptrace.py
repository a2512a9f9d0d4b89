# SPDX-License-Identifier: Apache-2.0
# class: D3
# tries: attach to a process of the host
# ESRCH: PID namespace
if syscall("ptrace", 0x4206, HOST["victim"], 0, 0) is not None:
    reached("a process is traced")
