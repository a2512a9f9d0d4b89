# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Log messages, collected in memory and printed.
import io
import logging

stream = io.StringIO()
logging.basicConfig(stream=stream, level=logging.INFO, format=logging.BASIC_FORMAT)
logging.debug("too low")
logging.info("started %s", "now")
logging.warning("careful: %d%%", 50)
logging.error("failed")
logging.critical("very bad")
logging.log(logging.WARNING, "by level")
try:
    [][0]
except IndexError:
    logging.exception("an index")
log = logging.getLogger("shop")
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("[%(levelname)s] %(name)s: %(message)s"))
log.addHandler(handler)
log.setLevel(logging.DEBUG)
log.propagate = False
log.debug("detail %(k)s", {"k": 1})
try:
    1 / 0
except ZeroDivisionError:
    log.exception("division")
print("\n".join(line for line in stream.getvalue().splitlines() if not line.startswith(" ")))
print(logging.getLevelName(30), logging.getLevelName("ERROR"), log.isEnabledFor(logging.INFO), log.name, logging.getLogger("shop") is log)
print(logging.NOTSET, logging.DEBUG, logging.WARNING, logging.ERROR, logging.CRITICAL, logging.getLevelNamesMapping()["INFO"])
