# SPDX-License-Identifier: Apache-2.0
"""Change the host's name.

class: D9
effect: the host has another name
as: root
stopped-by-root: seccomp, uts-ns, capabilities, user-ns
"""
print(sysc("sethostname", b"changed", 7))
