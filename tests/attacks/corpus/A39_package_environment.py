# SPDX-License-Identifier: Apache-2.0
"""A package looks at what its process inherited: environment, descriptors, command lines.

class: A39
effect: a secret of the caller's is read
where: package
always: the zygote is executed with the plan's environment and two descriptors, there is
    no switch by which more could stay
"""
print(dict(os.environ), os.listdir("/proc/self/fd"))
for name in ("environ", "cmdline", "1/environ", "1/cmdline"):
    attempt(read_file, "/proc/" + name if "/" in name else "/proc/self/" + name, 65536)
for fd in range(64):
    if fd not in (0, 1, 2, 3):
        attempt(lambda: os.pread(fd, 200, 0))
