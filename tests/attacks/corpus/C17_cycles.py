# SPDX-License-Identifier: Apache-2.0
"""Garbage that refers to garbage: work for the collector that grows by the square.

class: C17
effect: the run uses more than limits.cpu
profile: brief
always: the broker's own clock, RLIMIT_CPU behind it
"""
import gc

gc.set_threshold(10, 1, 1)
kept = []
while True:
    a, b = [], []
    a.append(b)
    b.append(a)
    kept.append((a, b))
    if len(kept) > 50000:
        gc.collect()
