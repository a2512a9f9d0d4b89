# SPDX-License-Identifier: Apache-2.0
"""A package uses the zygote's capabilities over its own mounts: unmount, make writable,
look beneath.

class: A39
effect: a file of the host is read or changed
where: package
always: the old root is detached before the package is imported, and binds of the host's
    file systems are locked to read-only by the host's namespace
"""
libc.umount2.argtypes = [ctypes.c_char_p, ctypes.c_int]
for path in (b"/usr/lib/python3.11", b"/dev/null", b"/"):
    print(path, libc.umount2(path, 2), libc.mount(None, path, None, 0x1020, None))
attempt(lambda: open(os.path.dirname(os.__file__) + "/planted.py", "w").write("planted"))
attempt(read_file, T["paths"]["public"])
