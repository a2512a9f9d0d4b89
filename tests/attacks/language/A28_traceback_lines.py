# SPDX-License-Identifier: Apache-2.0
"""traceback shows lines of the files that frames say they are from.

class: A28
effect: the text of a file of the host is seen
guard: modules types
"""
import json
import traceback

try:
    json.loads("{")
except ValueError:
    text = traceback.format_exc()
    if "/json/" in text and "scan_once" in text:
        leak(leak)
