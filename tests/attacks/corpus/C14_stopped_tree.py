# SPDX-License-Identifier: Apache-2.0
"""Several processes that ignore and block everything and have stopped themselves.

class: C14
effect: a process is there after the run, or the run lasts longer than limits.wall
profile: many
always: the end of the PID namespace's init ends everything in it, and without one the
    broker kills the tree
"""
import signal

for n in range(1, 65):
    try:
        signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
for _ in range(2):
    if os.fork() == 0:
        os.setsid()
        os.kill(os.getpid(), signal.SIGSTOP)
        time.sleep(30)
        os._exit(0)
time.sleep(0.2)
