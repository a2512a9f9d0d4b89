# SPDX-License-Identifier: Apache-2.0
"""Ask for a better place: a lower niceness, real-time, deadline, disk priority, other CPUs.

class: C15
effect: the run's own priority is better than it was
as: root
stopped-by-root: capabilities, user-ns
"""
attempt(os.nice, -10)
if os.getpriority(os.PRIO_PROCESS, 0) < 0:
    gain("a lower niceness")
for policy in (os.SCHED_FIFO, os.SCHED_RR):
    attempt(os.sched_setscheduler, 0, policy, os.sched_param(10))
if attempt(os.sched_getscheduler, 0) in (os.SCHED_FIFO, os.SCHED_RR):
    gain("a real-time class")
