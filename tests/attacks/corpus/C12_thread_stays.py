# SPDX-License-Identifier: Apache-2.0
"""End, but for a thread that does not.

class: C12
effect: the run lasts longer than limits.wall
profile: brief
always: the broker's own clock
"""
import threading

threading.Thread(target=time.sleep, args=(30,)).start()
