# SPDX-License-Identifier: Apache-2.0
"""Print for ever, a byte at a time: what costs the broker is their number.

class: B5
effect: the broker grows, or the run outlasts its limits
profile: brief
always: the broker reads into a bounded store and ends the run at its limits
"""
while True:
    os.write(1, b"x")
    os.write(2, b"y")
