# SPDX-License-Identifier: Apache-2.0
"""A user namespace of one's own: every capability over new kernel objects, the way into
most kernels.

class: D4
effect: capabilities in a new namespace
stopped-by: seccomp
"""
print(sysc("unshare", 0x10000000))
text = open("/proc/self/status").read()
if "CapEff:\t0000000000000000" not in text:
    gain("capabilities")
