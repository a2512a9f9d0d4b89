# SPDX-License-Identifier: Apache-2.0
"""kill(-1): a signal for everybody who may be signalled. The signal is one that is ignored
by default, so that a success harms nobody but the canary.

class: D10
effect: the victim receives a signal
stopped-by: pid-ns, landlock
stopped-by-root: pid-ns, landlock, user-ns
"""
import signal

attempt(os.kill, -1, signal.SIGWINCH)
