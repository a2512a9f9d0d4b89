# SPDX-License-Identifier: Apache-2.0
"""A module that the interpreter imports by itself, found in a directory of one's own.

class: A39
effect: code in a file of one's own is imported by the library
guard: builtins
"""
import sys

with open("_strptime.py", "w") as file:
    file.write("leak(leak)\n")
sys.path.insert(0, ".")
sys.modules.pop("_strptime", None)
import time

try:
    time.strptime("2024", "%Y")
except AttributeError:
    pass
