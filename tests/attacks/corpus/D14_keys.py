# SPDX-License-Identifier: Apache-2.0
"""Keys are counted for each user of the host: fill the quota.

class: D14
effect: keys of the user are held by the run
stopped-by: seccomp
"""
n = 0
for i in range(64):
    n += sysc("add_key", b"user", b"canary%d" % i, b"x" * 64, 64, -2) > 0
if n:
    gain(f"{n} keys in the user's quota")
