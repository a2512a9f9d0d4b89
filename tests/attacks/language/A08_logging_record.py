# SPDX-License-Identifier: Apache-2.0
"""A log record of an error carries its traceback.

class: A8
effect: a frame
guard: types modules
"""
import logging


class Look(logging.Filter):
    def filter(self, record):
        leak(record.exc_info[2].tb_frame)
        return False


log = logging.Logger("x")
log.addFilter(Look())
try:
    1 / 0
except ZeroDivisionError:
    log.exception("see")
