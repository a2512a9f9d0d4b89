# SPDX-License-Identifier: Apache-2.0
"""Mount the cgroup tree and look at one's parents and their neighbours.

class: D12
effect: the name of the broker's cgroup, which is a secret, is read
as: root
needs: cgroup2
stopped-by-root: seccomp, landlock, user-ns, capabilities, cgroup-ns
"""
print(libc.mount(b"none", b"/work", b"cgroup2", 0, None), ctypes.get_errno())
attempt(os.listdir, "/work")
