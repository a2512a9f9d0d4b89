# SPDX-License-Identifier: Apache-2.0
"""Leave a process behind: fork twice, a new session, all signals ignored.

class: C11
effect: a process is there after the run
profile: many
always: the end of the PID namespace's init ends everything in it
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
        for fd in range(3):
            os.close(fd)
        time.sleep(30)
    time.sleep(0.05)  # long enough for whoever looks to have seen both
    os._exit(0)
os.wait()
