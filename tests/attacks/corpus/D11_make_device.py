# SPDX-License-Identifier: Apache-2.0
"""Make a device node for the host's disk or memory, and read it.

class: D11
effect: the device is read
always: nodev on everything that a cell can write to, seccomp, and no capability
"""
for kind, number in ((0o60000, os.makedev(254, 0)), (0o20000, os.makedev(1, 1))):
    attempt(os.mknod, "/work/node", 0o600 | kind, number)
    if attempt(read_file, "/work/node", 16):
        gain("a device")
