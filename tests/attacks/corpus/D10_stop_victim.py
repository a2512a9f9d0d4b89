# SPDX-License-Identifier: Apache-2.0
"""Stop a process of the host and let it stay stopped.

class: D10
effect: the victim does not answer any more
stopped-by: pid-ns, landlock
stopped-by-root: pid-ns, landlock, user-ns
"""
import signal

attempt(os.kill, T["victim"], signal.SIGSTOP)
