# SPDX-License-Identifier: Apache-2.0
"""Look for what another run of the same zygote put into /work and /tmp.

class: D7
effect: the neighbour's file is read
beside: neighbour
always: each run has a tmpfs of its own, mounted after its mount namespace was made
without a mount namespace there is no /work at all
"""
for path in ("/work/neighbour", "/tmp/neighbour", "/dev/shm", "/proc/%d/root" % T["neighbour_pid"]):
    attempt(read_file, path)
