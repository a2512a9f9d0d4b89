# SPDX-License-Identifier: Apache-2.0
"""Take the processors: as many threads as there may be, in calls that let the others run.

class: C15
effect: a run at the same time does not come to its end
beside: probe
profile: brief
always: a run's threads are few, its priority is everybody's, and its time is short
"""
import hashlib
import threading

block = bytes(1 << 20)


def spin():
    while True:
        hashlib.sha256(block)


for _ in range(3):
    threading.Thread(target=spin, daemon=True).start()
print("HOLD", flush=True)
spin()
