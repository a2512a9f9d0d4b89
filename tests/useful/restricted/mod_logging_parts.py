# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Filters, handlers, adapters and levels of one's own.
import io
import logging


class Short(logging.Filter):
    def filter(self, record):
        return len(record.getMessage()) < 10


class Keep(logging.Handler):
    def __init__(self):
        super().__init__()
        self.seen = []

    def emit(self, record):
        self.seen.append(self.format(record))


logging.addLevelName(25, "NOTICE")
keep = Keep()
keep.setLevel(logging.INFO)
keep.addFilter(Short())
log = logging.Logger("own")
log.addHandler(keep)
log.addHandler(logging.NullHandler())
log.log(25, "notice")
log.info("much too long to keep")
logging.LoggerAdapter(log, {"user": "ann"}).warning("adapted")
print(keep.seen, log.hasHandlers(), len(log.handlers))
logging.disable(logging.CRITICAL)
log.critical("silent")
logging.disable(logging.NOTSET)
print(keep.seen, logging.getLoggerClass() is logging.Logger)
record = logging.makeLogRecord({"msg": "made %s", "args": ("up",), "levelno": 20})
print(record.getMessage(), isinstance(record, logging.LogRecord), logging.Formatter("{message}", style="{").format(record))
log.removeHandler(keep)
print(logging.getLogRecordFactory() is logging.LogRecord, logging.raiseExceptions)
