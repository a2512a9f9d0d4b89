# SPDX-License-Identifier: Apache-2.0
"""Read the host's disk as a device.

class: D11
effect: the start of a disk is read
as: root
needs: disk
stopped-by-root: landlock, private-root, user-ns
"""
for name in ("vda", "sda", "nvme0n1", "xvda", "loop0"):
    if attempt(os.open, "/dev/" + name, os.O_RDONLY) is not None:
        gain("a disk of the host")
