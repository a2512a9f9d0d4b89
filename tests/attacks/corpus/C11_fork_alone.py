# SPDX-License-Identifier: Apache-2.0
"""Fork where no process is granted.

class: C11
effect: there is a second process for longer than a look takes
always: seccomp refuses it
without the filter the broker counts the tree
"""
def fork():
    for _ in range(8):
        if os.fork() == 0:
            time.sleep(2)
            os._exit(0)
    time.sleep(0.2)


attempt(fork)
