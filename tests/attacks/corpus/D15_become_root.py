# SPDX-License-Identifier: Apache-2.0
"""Become root, or take back what was given up: ids, groups, capabilities.

class: D15
effect: an id of the host's root, or a capability
always: no capability in any set, securebits locked, an id map with nothing to change to
"""
for act, ids in ((os.setuid, (0,)), (os.setgid, (0,)), (os.setresuid, (0, 0, 0)),
                 (os.setgroups, ([0],)), (os.setregid, (0, 0))):
    attempt(act, *ids)
header, data = struct.pack("II", 0x20080522, 0), struct.pack("IIIIII", *[0xFFFFFFFF] * 6)
print(sysc(126 if os.uname().machine == "x86_64" else 91, header, data))
for cap in range(41):
    libc.prctl(47, 2, cap, 0, 0)
try:
    fd = os.open(T["paths"]["other"], os.O_RDONLY)
    print(os.read(fd, 100))
except OSError as e:
    print(e)
