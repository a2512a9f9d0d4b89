# SPDX-License-Identifier: Apache-2.0
"""Kill another run of the same zygote.

class: D10
effect: the neighbour is dead
stopped-by: pid-ns, landlock
beside: neighbour
stopped-by-root: pid-ns, landlock, user-ns
"""
attempt(os.kill, T["neighbour_pid"], 9)
