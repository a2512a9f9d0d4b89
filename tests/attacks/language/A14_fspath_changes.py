# SPDX-License-Identifier: Apache-2.0
"""A path that is another one each time it is asked.

class: A14
effect: a file of the host is read
guard: builtins types
"""
class P:
    asked = 0

    def __fspath__(self):
        P.asked += 1
        return "/work/notes.txt" if P.asked < 1 else "/etc/passwd"


with open(P()) as file:
    if "root:" in file.read():
        leak(leak)
