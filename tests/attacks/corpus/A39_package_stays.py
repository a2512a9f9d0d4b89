# SPDX-License-Identifier: Apache-2.0
"""A package leaves a process behind that holds on to everything.

class: A39
effect: a process is there after the engine has ended
where: package
always: the zygote is the first of its PID namespace, and the launcher kills it when the
    engine is gone
"""
import signal

if os.fork() == 0:
    os.setsid()
    for n in range(1, 65):
        try:
            signal.signal(n, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    if os.fork() == 0:
        time.sleep(30)
    os._exit(0)
