# SPDX-License-Identifier: Apache-2.0
"""Print for ever, to both streams.

class: B5
effect: the broker grows
always: the broker reads into a bounded store and ends the run at limits.output
"""
while True:
    os.write(1, b"x" * 65536)
    os.write(2, b"y" * 65536)
