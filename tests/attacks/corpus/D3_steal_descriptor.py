# SPDX-License-Identifier: Apache-2.0
"""Take a descriptor out of a host process: pidfd_getfd.

class: D3
effect: the content of the victim's open file is read
as: root
stopped-by-root: seccomp, pid-ns, landlock, user-ns, capabilities
"""
pidfd = sysc("pidfd_open", T["victim"], 0)
fd = sysc("pidfd_getfd", pidfd, T["victim_fd"], 0)
print(pidfd, fd)
if fd >= 0:
    print(os.pread(fd, 100, 0))
