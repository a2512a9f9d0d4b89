# SPDX-License-Identifier: Apache-2.0
"""Read a file of the host that everybody may read.

class: D8
effect: the content of the host's public canary file is read
stopped-by: landlock, private-root
"""
attempt(read_file, T["paths"]["public"])
