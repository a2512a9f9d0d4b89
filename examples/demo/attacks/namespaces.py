# SPDX-License-Identifier: Apache-2.0
# group: The kernel
# class: D4
# tries: become root in namespaces of one's own
if syscall("unshare", 0x10020000) is not None:
    reached("a user namespace")
