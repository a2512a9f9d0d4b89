# SPDX-License-Identifier: Apache-2.0
"""Hold on when it is time to go: at exit, in a finaliser, in a hook, flushing.

class: C12
effect: the run lasts longer than limits.wall
profile: brief
always: the broker's own clock
"""
import atexit


class Slow:
    def __del__(self):
        time.sleep(30)

    def write(self, text):
        time.sleep(30)

    flush = write


kept = Slow()
sys.stdout = Slow()
atexit.register(time.sleep, 30)
