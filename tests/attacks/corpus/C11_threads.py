# SPDX-License-Identifier: Apache-2.0
"""Start more threads than the limit.

class: C11
effect: there are more tasks than limits.threads
stopped-by: rlimits
"""
import threading

over = threading.Event()
try:
    for i in range(64):
        threading.Thread(target=over.wait, daemon=True).start()
except RuntimeError as e:
    print(i, e)
time.sleep(0.05)
over.set()
