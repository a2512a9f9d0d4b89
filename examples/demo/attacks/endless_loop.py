# SPDX-License-Identifier: Apache-2.0
# class: C7
# tries: loop in one call in C, all signals ignored
# profile: brief
import signal

for n in range(1, 32):
    try:
        signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
sum(range(1 << 60))
