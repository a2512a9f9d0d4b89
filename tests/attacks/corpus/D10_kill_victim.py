# SPDX-License-Identifier: Apache-2.0
"""Kill a process of the host by its number.

class: D10
effect: the victim is dead
stopped-by: pid-ns, landlock
stopped-by-root: pid-ns, landlock, user-ns
"""
attempt(os.kill, T["victim"], 9)
