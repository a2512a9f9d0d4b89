# SPDX-License-Identifier: Apache-2.0
"""Hold a place by doing nothing.

class: C12
effect: the run lasts longer than limits.wall
profile: brief
always: the broker's own clock
"""
time.sleep(30)
