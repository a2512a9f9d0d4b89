# SPDX-License-Identifier: Apache-2.0
"""As a cell that shares its mounts with its siblings, tell by a lock on a read-only
file whether the neighbour holds it: a bit for each file, each moment.

class: D7
effect: the lock of the other run is felt
stopped-by: seccomp
profile: bare
beside: neighbour
"""
import fcntl

with open(os.__file__, encoding="utf-8") as f:
    try:
        fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        gain("the neighbour's lock is felt")
    except OSError as e:
        print(e)
