# SPDX-License-Identifier: Apache-2.0
"""Kill a process of a third user, as root would.

class: D10
effect: the third party's process is dead
as: root
stopped-by-root: pid-ns, landlock, user-ns, capabilities
"""
attempt(os.kill, T["other"], 9)
