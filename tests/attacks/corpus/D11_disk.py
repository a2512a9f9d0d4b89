# SPDX-License-Identifier: Apache-2.0
"""Read the host's disk as a device.

class: D11
effect: the start of a disk is read
as: root
stopped-by-root: landlock, private-root, user-ns
"""
for name in ("vda", "sda", "nvme0n1", "xvda", "loop0"):
    if attempt(read_file, "/dev/" + name, 512):
        gain("a disk of the host")
