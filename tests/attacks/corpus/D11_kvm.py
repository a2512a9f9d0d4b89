# SPDX-License-Identifier: Apache-2.0
"""Open the devices by which virtual machines, file systems, networks and memory are made.

class: D11
effect: such a device is open
always: five harmless devices are in /dev, and without a private root Landlock gives no other
"""
for name in ("kvm", "fuse", "mem", "port", "kmsg", "net/tun", "vhost-net", "loop-control",
             "mapper/control", "uinput", "dri/card0", "nvidia0", "ptmx", "snapshot"):
    if attempt(os.open, "/dev/" + name, os.O_RDWR) is not None:
        gain("/dev/" + name)
