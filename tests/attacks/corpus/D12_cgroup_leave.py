# SPDX-License-Identifier: Apache-2.0
"""Mount the cgroup tree and move to its root, where no limit is.

class: D12
effect: a process of the run is in the root group
as: root
needs: cgroup2
stopped-by-root: seccomp, landlock, user-ns, capabilities, cgroup-ns
"""
print(libc.mount(b"none", b"/work", b"cgroup2", 0, None), ctypes.get_errno())
if os.path.exists("/work/cgroup.procs") and not os.path.exists("/work/cgroup.type"):
    attempt(lambda: open("/work/cgroup.procs", "w").write("0"))
    print(open("/proc/self/cgroup").read())
    if "0::/\n" in open("/proc/self/cgroup").read():
        gain("the root of the cgroup tree")
