# SPDX-License-Identifier: Apache-2.0
"""Signal a process of the host by its number.

class: D10
effect: the victim receives a signal
stopped-by: pid-ns, landlock
stopped-by-root: pid-ns, landlock, user-ns
"""
import signal

attempt(os.kill, T["victim"], signal.SIGWINCH)
