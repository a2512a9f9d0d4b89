# SPDX-License-Identifier: Apache-2.0
"""Read a file that only a third user may read, as root would.

class: D8
effect: the content of another user's private file is read
as: root
stopped-by-root: landlock, private-root, user-ns, capabilities
"""
attempt(read_file, T["paths"]["other"])
