# SPDX-License-Identifier: Apache-2.0
"""Half a header, then silence.

class: B8
effect: the broker waits for longer than limits.wall
profile: brief
always: the broker never blocks on a cell
"""
os.write(250, b"\x10\x00")
time.sleep(30)
