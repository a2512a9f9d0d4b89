# SPDX-License-Identifier: Apache-2.0
"""Lower the limits of a host process of the same user, which needs no right but the uid.

class: D10
effect: the victim's limits changed
stopped-by: pid-ns, seccomp
stopped-by-root: pid-ns, seccomp, user-ns
"""
import resource

attempt(resource.prlimit, T["victim"], resource.RLIMIT_NPROC, (7, 7))
