# SPDX-License-Identifier: Apache-2.0
"""As a cell that shares its mounts with its siblings, change what they all see: make
the root writable, cover a directory, take one away, leave a file.

class: D9
effect: something under the shared root is other than it was
profile: bare
always: mount calls are on no list, there are no capabilities over the namespace, every
 mount is read-only, and Landlock has no rule for writing
"""
MS_REMOUNT, MS_BIND, MNT_DETACH = 32, 4096, 2
print(sysc("mount", b"none", b"/", b"", MS_REMOUNT | MS_BIND, 0))
print(sysc("mount", b"none", b"/etc", b"tmpfs", 0, 0))
print(sysc("umount2", b"/usr/share/zoneinfo", MNT_DETACH))
print(sysc("chroot", b"/etc"))
for path in ("/left", "/tmp/left", "/work/left", "/etc/left", "/dev/left", "/usr/lib/left"):
    if attempt(lambda p=path: open(p, "w")) is not None:
        gain("a file could be made: " + path)
