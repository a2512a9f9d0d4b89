# SPDX-License-Identifier: Apache-2.0
"""A factory of records that one sets is called for every record, the library's too.

class: A28
effect: a frame, by the arguments of what is called
guard: modules types
"""
import logging


class Record(logging.LogRecord):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        leak(logging.currentframe())


logging.setLogRecordFactory(Record)
logging.getLogger("x").warning("x")
