# SPDX-License-Identifier: Apache-2.0
"""Read a file of the caller's own, mode 600: a key, a token, a shell's history.

class: D8
effect: the content of the caller's private file is read
stopped-by: landlock, private-root
stopped-by-root: landlock, private-root, user-ns
"""
attempt(read_file, T["paths"]["private"])
