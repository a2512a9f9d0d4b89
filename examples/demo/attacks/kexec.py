# SPDX-License-Identifier: Apache-2.0
# class: D4
# tries: put another kernel in this one's place
# Too many segments: whoever may do it is told EINVAL, and nothing happens.
if syscall("kexec_load", 0, 17, None, 0) is not None:
    reached("another kernel")
