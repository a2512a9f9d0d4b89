# SPDX-License-Identifier: Apache-2.0
# class: D3
# tries: take an open file out of another process
# ESRCH: PID namespace
# bare: yes
pidfd = syscall("pidfd_open", HOST["victim"], 0)
fd = syscall("pidfd_getfd", -1 if pidfd is None else pidfd, HOST["fd"], 0)
if fd is not None:
    print(os.pread(fd, 100, 0))
