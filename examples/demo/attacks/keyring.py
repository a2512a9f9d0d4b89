# SPDX-License-Identifier: Apache-2.0
# class: D4
# tries: keep, read and fill the kernel's keyrings
if syscall("add_key", b"user", b"cloche-demo", b"x", 1, -1) is not None:
    reached("a key")
if syscall("keyctl", 0, -3, 0) is not None:
    reached("the session's keyring")
