# SPDX-License-Identifier: Apache-2.0
"""A dictionary of few keys with one hash, looked up for ever.

class: C4
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
table = dict.fromkeys((i * ((1 << 61) - 1) for i in range(2000)), 0)
while True:
    for key in table:
        table[key] += 1
