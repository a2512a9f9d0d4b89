# SPDX-License-Identifier: Apache-2.0
"""Look at every frame and traceback for code that is not the run's own or the library's.

class: B13
effect: a frame or a file of the host's is seen
always: the code runs on a stack that begins with it
"""
import traceback

frame = sys._getframe()
seen = []
while frame:
    seen.append(frame.f_code.co_filename)
    frame = frame.f_back
try:
    json.loads("{")
except ValueError as e:
    seen += [f.filename for f in traceback.extract_tb(e.__traceback__)]
seen += [f.f_code.co_filename for f in sys._current_frames().values()]
print(seen)
for name in seen:
    if name != __file__ and not name.startswith(("/usr/lib/python3", "<")):
        gain(name)
