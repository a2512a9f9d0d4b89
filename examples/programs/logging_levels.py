# SPDX-License-Identifier: Apache-2.0
"""Logging: levels, handlers, formats, filters, and a file that is rotated."""

import json
import logging
import logging.config
from logging.handlers import RotatingFileHandler
from pathlib import Path


class PlainFormatter(logging.Formatter):
    def formatException(self, exc_info):
        return f"         because of {exc_info[0].__name__}: {exc_info[1]}"


class JsonFormatter(logging.Formatter):
    def format(self, record):
        entry = {"level": record.levelname, "text": record.getMessage()}
        if record.exc_info:
            entry["error"] = record.exc_info[0].__name__
        return json.dumps(entry)


class NoSecrets(logging.Filter):
    """Hides what follows `password=`."""

    def filter(self, record):
        before, found, _secret = record.getMessage().partition("password=")
        if found:
            record.msg, record.args = before + "password=***", ()
        return True


CONFIG = {
    "version": 1,
    "formatters": {
        "plain": {"()": PlainFormatter, "format": "%(levelname)-8s %(name)s: %(message)s"},
        "json": {"()": JsonFormatter},
    },
    "filters": {"secrets": {"()": NoSecrets}},
    "handlers": {
        "screen": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout",
                   "formatter": "plain", "level": "INFO", "filters": ["secrets"]},
        "file": {"class": "logging.FileHandler", "filename": "app.log", "mode": "w",
                 "formatter": "json", "encoding": "utf-8"},
    },
    "loggers": {"shop": {"level": "DEBUG", "handlers": ["screen", "file"]},
                "shop.db": {"level": "WARNING"}},
}  # fmt: skip


def main():
    logging.config.dictConfig(CONFIG)
    shop, db = logging.getLogger("shop"), logging.getLogger("shop.db")
    shop.debug("only in the file: %d", 42)
    shop.info("user %s came with password=%s", "ana", "hunter2")
    db.info("below this logger's level")
    db.warning("slow: %.1f s", 2.5)
    try:
        {}["cart"]
    except KeyError:
        shop.exception("no cart")
    print(shop.isEnabledFor(logging.DEBUG), db.getEffectiveLevel(), db.parent.name)
    logging.shutdown()
    print(Path("app.log").read_text(encoding="utf-8"), end="")

    rotating = RotatingFileHandler("small.log", maxBytes=200, backupCount=2)
    log = logging.getLogger("rotated")
    log.propagate = False
    log.addHandler(rotating)
    for number in range(40):
        log.warning("entry number %02d", number)
    rotating.close()
    for path in sorted(Path().glob("small.log*")):
        lines = path.read_text(encoding="utf-8").splitlines()
        print(path.name, len(lines), "from", lines[0][-2:], "to", lines[-1][-2:])


if __name__ == "__main__":
    main()
