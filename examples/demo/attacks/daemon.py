# SPDX-License-Identifier: Apache-2.0
# class: C11
# tries: leave a process behind in a session of its own
# profile: crowd
# unseen: PID namespace: its end ends all in it
# bare: yes
import signal

if os.fork() == 0:
    os.setsid()
    for n in range(1, 32):
        try:
            signal.signal(n, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    if os.fork() == 0:
        os.closerange(0, 300)
        time.sleep(8)
        os._exit(0)
    time.sleep(0.1)  # long enough to be seen
    os._exit(0)
os.wait()
