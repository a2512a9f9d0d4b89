# SPDX-License-Identifier: Apache-2.0
"""Mount over a directory of the host.

class: D9
effect: the host's mounts changed
as: root
stopped-by-root: seccomp, landlock, mount-ns, user-ns, capabilities
"""
print(libc.mount(b"none", T["paths"]["mount"].encode(), b"tmpfs", 0, None), ctypes.get_errno())
