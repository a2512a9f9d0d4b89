# SPDX-License-Identifier: Apache-2.0
"""An error's arguments may hold what library code looked up.

class: A9
effect: a module
guard: types modules
"""
import copy
import json

try:
    copy.deepcopy({"m": json})
except TypeError as e:
    at = e.__traceback__
    while at:
        for value in list(at.tb_frame.f_locals.values()):
            leak(value)
        at = at.tb_next
