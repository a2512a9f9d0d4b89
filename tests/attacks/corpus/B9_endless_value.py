# SPDX-License-Identifier: Apache-2.0
"""A value that contains itself, and one that is nested deeper than any stack.

class: B9
effect: the broker crashes or grows
always: depth and number are bounded, in the cell and again in the broker
"""
deep = []
for _ in range(200000):
    deep = [deep]
ring = {}
ring["ring"] = [ring, deep, 10 ** 4000, "\ud800", b"\xff"]
ring
