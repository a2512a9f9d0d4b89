# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Filters, handlers and levels of one's own.
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
        self.seen.append((record.levelname, self.format(record)))


logging.addLevelName(25, "NOTICE")
keep = Keep()
keep.setLevel(logging.INFO)
keep.addFilter(Short())
keep.setFormatter(logging.Formatter("{name}: {message}", style="{"))
log = logging.Logger("own")
log.addHandler(keep)
log.addHandler(logging.NullHandler())
log.log(25, "notice")
log.info("much too long to keep")
print(keep.seen, log.hasHandlers(), len(log.handlers))
logging.disable(logging.CRITICAL)
log.critical("silent")
logging.disable(logging.NOTSET)
log.removeHandler(keep)
log.critical("to nobody")
print(len(keep.seen))
