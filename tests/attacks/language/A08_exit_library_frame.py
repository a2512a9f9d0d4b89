# SPDX-License-Identifier: Apache-2.0
"""The traceback of an error in the library's own code has the library's frames.

class: A8
effect: the namespace of a library module
guard: syntax types
"""
import json

try:
    json.loads("{")
except ValueError as e:
    at = e.__traceback__
    while at.tb_next:
        at = at.tb_next
    leak(at.tb_frame.f_globals)
