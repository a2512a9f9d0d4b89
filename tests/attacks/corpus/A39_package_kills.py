# SPDX-License-Identifier: Apache-2.0
"""A package signals processes of the host.

class: A39
effect: the victim is signalled or dead
stopped-by: pid-ns
where: package
stopped-by-root: pid-ns, user-ns
"""
import signal

attempt(os.kill, -1, signal.SIGWINCH)
attempt(os.kill, T["victim"], 9)
