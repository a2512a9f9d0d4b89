# SPDX-License-Identifier: Apache-2.0
"""Open more files than the limit.

class: D8
effect: more descriptors are open than limits.open_files
stopped-by: rlimits
"""
try:
    for i in range(200):
        os.dup(0)
except OSError as e:
    print(i, e)
time.sleep(0.03)
