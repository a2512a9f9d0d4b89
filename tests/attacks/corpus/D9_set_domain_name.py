# SPDX-License-Identifier: Apache-2.0
"""Change the host's NIS domain name.

class: D9
effect: the host has another domain name
as: root
stopped-by-root: seccomp, uts-ns, capabilities, user-ns
"""
print(sysc("setdomainname", b"changed", 7))
