# SPDX-License-Identifier: Apache-2.0
"""Set an attribute of a file of the caller's, which Landlock allows.

class: D9
effect: an extended attribute of the caller's private file appeared
stopped-by: mount-ns, seccomp
stopped-by-root: mount-ns, seccomp, user-ns
"""
attempt(os.setxattr, T["paths"]["private"], "user.cloche", b"changed")
