# SPDX-License-Identifier: Apache-2.0
"""Ignore what may be ignored, block the rest, and stop oneself.

class: C14
effect: the run lasts longer than limits.wall
profile: brief
always: SIGKILL through a pidfd, at the broker's own clock
"""
import signal

for n in range(1, 65):
    try:
        signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
os.kill(os.getpid(), signal.SIGSTOP)
while True:
    pass
