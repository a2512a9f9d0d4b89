# SPDX-License-Identifier: Apache-2.0
"""logging formats a record with braces, which walk from the record.

class: A5
effect: the text of a namespace
guard: modules types
"""
import logging

record = logging.makeLogRecord({"msg": "x"})
text = logging.Formatter("{processName.__class__.__base__.__subclasses__}", style="{").format(record)
if "__subclasses__" in text:
    leak(leak)
