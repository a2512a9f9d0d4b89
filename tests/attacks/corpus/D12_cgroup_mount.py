# SPDX-License-Identifier: Apache-2.0
"""Mount the cgroup tree and make a group in it.

class: D12
effect: the host's cgroup tree has a new group beside the broker's
as: root
needs: cgroup2
stopped-by-root: seccomp, landlock, user-ns, capabilities
"""
print(libc.mount(b"none", b"/work", b"cgroup2", 0, None), ctypes.get_errno())
attempt(os.mkdir, "/work/made-by-attack")
