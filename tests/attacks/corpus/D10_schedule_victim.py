# SPDX-License-Identifier: Apache-2.0
"""Slow a host process down: lower its priority.

class: D10
effect: the victim's priority changed
stopped-by: pid-ns, seccomp
stopped-by-root: pid-ns, seccomp, user-ns, capabilities
"""
attempt(os.setpriority, os.PRIO_PROCESS, T["victim"], 15)
