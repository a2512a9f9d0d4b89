# SPDX-License-Identifier: Apache-2.0
"""Take an open file out of another run of the same zygote.

class: D7
effect: the content of the neighbour's open file is read
stopped-by: seccomp, landlock, pid-ns, scrub
beside: neighbour
as: user
"""
there = json.loads(T["neighbour_said"].split("UP")[0].splitlines()[-1])
pidfd = sysc("pidfd_open", T["neighbour_pid"], 0)
fd = sysc("pidfd_getfd", pidfd, there["fd"], 0)
print(pidfd, fd)
if fd >= 0:
    print(os.pread(fd, 100, 0))
