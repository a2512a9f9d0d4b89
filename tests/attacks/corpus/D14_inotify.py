# SPDX-License-Identifier: Apache-2.0
"""Instances of inotify are counted for each user of the host: take them all.

class: D14
effect: inotify instances of the host's user are held by the run
stopped-by: seccomp
"""
n = 0
for i in range(30):
    n += sysc("inotify_init1", 0) >= 0
if n:
    gain(f"{n} instances of the user's 128")
