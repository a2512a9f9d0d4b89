# SPDX-License-Identifier: Apache-2.0
# class: D4
# tries: calls by a ring, which no filter sees
# ENOMEM: rlimits: no memory may be locked
import ctypes

if syscall("io_uring_setup", 4, ctypes.create_string_buffer(120)) is not None:
    reached("a ring")
