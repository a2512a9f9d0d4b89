# SPDX-License-Identifier: Apache-2.0
"""Learn where in the host's cgroup tree one is: unit, slice, container id.

class: D12
effect: the name of the broker's cgroup, which is a secret, is read
stopped-by: cgroup-ns
as: root
needs: cgroup2
"""
print(open("/proc/self/cgroup").read())
