# SPDX-License-Identifier: Apache-2.0
"""Signal a host process by a descriptor of it.

class: D10
effect: the victim receives a signal
stopped-by: pid-ns, landlock
stopped-by-root: pid-ns, landlock, user-ns
"""
import signal

fd = attempt(os.pidfd_open, T["victim"])
if fd is not None:
    attempt(signal.pidfd_send_signal, fd, signal.SIGWINCH)
