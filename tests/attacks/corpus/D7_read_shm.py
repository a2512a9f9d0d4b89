# SPDX-License-Identifier: Apache-2.0
"""Read what another process left in the host's /dev/shm.

class: D7
effect: the content of a file in /dev/shm is read
stopped-by: landlock, private-root
"""
attempt(read_file, T["paths"]["shm"])
