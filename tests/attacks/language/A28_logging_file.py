# SPDX-License-Identifier: Apache-2.0
"""A handler of logging opens a file.

class: A28
effect: a file is written by name
guard: modules
"""
import logging

handler = logging.FileHandler("written-by-logging.txt")
handler.emit(logging.makeLogRecord({"msg": "x"}))
handler.close()
with open("written-by-logging.txt") as file:
    if file.read().endswith("x\n"):
        leak(leak)
