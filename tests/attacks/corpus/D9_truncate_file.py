# SPDX-License-Identifier: Apache-2.0
"""Truncate a file of the host by its path: a right of its own in Landlock since ABI 3.

class: D9
effect: the host's writable file is empty
stopped-by: landlock, mount-ns, seccomp
"""
attempt(os.truncate, T["paths"]["writable"], 0)
