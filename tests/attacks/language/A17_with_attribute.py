# SPDX-License-Identifier: Apache-2.0
"""So may the target of with.

class: A17
effect: a function of a library module is replaced
guard: modules
"""
import contextlib
import json

with contextlib.nullcontext(lambda *a: "mine") as json.loads:
    pass
if json.loads("1") == "mine":
    leak(leak)
