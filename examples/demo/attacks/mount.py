# SPDX-License-Identifier: Apache-2.0
# class: D4
# tries: mount over a directory of the host
# ENOENT: private root: it is not there
if syscall("mount", b"none", HOST["mount"].encode(), b"tmpfs", 0, None) is not None:
    reached("a mount")
