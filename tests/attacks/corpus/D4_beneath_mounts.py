# SPDX-License-Identifier: Apache-2.0
"""In namespaces of one's own, take away what is mounted and look beneath: a left-over of
the host's root.

class: D4
effect: the host's public file is read
weak: seccomp landlock
always: the old root is detached, and a mount of a more privileged namespace is locked
"""
print(sysc("unshare", 0x10020000))
libc.umount2.argtypes = [ctypes.c_char_p, ctypes.c_int]
for _ in range(3):
    for path in (b"/proc", b"/work", b"/tmp", b"/dev/null", b"/usr/lib/python3.11", b"/"):
        print(path, libc.umount2(path, 2))
for path in (T["paths"]["public"], "/.." + T["paths"]["public"]):
    attempt(read_file, path)
libc.chroot(b"/tmp")
for path in ("../" * 20 + T["paths"]["public"], T["paths"]["public"]):
    attempt(read_file, path)
