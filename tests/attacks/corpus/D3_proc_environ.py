# SPDX-License-Identifier: Apache-2.0
"""The environment and the memory map of a host process, through /proc.

class: D3
effect: the victim's environment, which holds a secret, is read
as: root
stopped-by-root: landlock, private-root, pid-ns, user-ns, capabilities
"""
for name in ("environ", "maps"):
    attempt(read_file, f"/proc/{T['victim']}/{name}", 65536)
