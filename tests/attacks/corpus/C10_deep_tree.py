# SPDX-License-Identifier: Apache-2.0
"""A directory tree as deep as it can be, with names as long as they can be, for whoever
walks it afterwards.

class: C10
effect: the broker crashes, grows or waits
always: the walk is bounded in depth and number, and goes by descriptors
"""
os.chdir("/work")
try:
    for i in range(190):
        os.mkdir("d" * 250)
        os.chdir("d" * 250)
except OSError as e:
    print(i, e)
attempt(lambda: open("bottom", "w").write("x"))
