# SPDX-License-Identifier: Apache-2.0
"""The defaults of a library function can be exchanged.

class: A16
effect: code of one's own is called by the library
guard: syntax types modules
"""
import contextlib
import textwrap


class Mine(str):
    def lstrip(self, *a):
        leak(leak)
        return ""


import json

json.dumps.__kwdefaults__["default"] = lambda o: leak(leak)
json.dumps({1, 2}, skipkeys=True)
