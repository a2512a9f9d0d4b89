# SPDX-License-Identifier: Apache-2.0
"""As a cell that shares most of its namespaces with its siblings, kill another run.

class: D10
effect: the neighbour is dead
stopped-by: pid-ns, landlock
profile: bare
beside: neighbour
stopped-by-root: pid-ns, landlock, user-ns
"""
attempt(os.kill, T["neighbour_pid"], 9)
