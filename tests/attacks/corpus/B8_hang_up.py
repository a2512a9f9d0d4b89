# SPDX-License-Identifier: Apache-2.0
"""Close the channel and go on.

class: B8
effect: the broker waits for longer than limits.wall, or the run goes on unseen
profile: brief
always: the end of the channel is an event, and the clock another
"""
os.close(250)
while True:
    pass
