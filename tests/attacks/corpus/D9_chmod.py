# SPDX-License-Identifier: Apache-2.0
"""Change the mode and the times of a file of the caller's. Landlock allows both to code
that may not even read it.

class: D9
effect: the mode or the times of the caller's private file changed
stopped-by: mount-ns, seccomp
stopped-by-root: mount-ns, seccomp, user-ns
"""
attempt(os.chmod, T["paths"]["private"], 0o666)
attempt(os.utime, T["paths"]["private"], (1, 1))
