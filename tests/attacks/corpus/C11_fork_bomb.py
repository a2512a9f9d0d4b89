# SPDX-License-Identifier: Apache-2.0
"""A fork bomb where some processes are granted.

class: C11
effect: there are more processes than limits.processes and the slack
profile: many
always: RLIMIT_NPROC in the cell's user namespace, and the broker counts the tree
"""
def bomb():
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        try:
            os.fork()
        except OSError as e:
            time.sleep(0.01)


attempt(bomb)
