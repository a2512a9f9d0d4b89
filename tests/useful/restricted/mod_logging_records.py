# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Records, adapters, and the older names.
import io
import logging

stream = io.StringIO()
logging.basicConfig(stream=stream, format="%(levelname)s %(message)s")
logging.fatal("the same as critical")
logging.getLogger("old").warning("old")
logging.LoggerAdapter(logging.getLogger("x"), {"user": "ann"}).warning("adapted")
print(stream.getvalue().split("\n"))
record = logging.makeLogRecord({"msg": "made %s", "args": ("up",), "levelno": 20})
print(record.getMessage(), isinstance(record, logging.LogRecord), logging.Formatter("{message}", style="{").format(record))
print(logging.WARN == logging.WARNING, logging.FATAL == logging.CRITICAL, logging.getLoggerClass() is logging.Logger)
print(logging.getLogRecordFactory() is logging.LogRecord, logging.raiseExceptions)
