# SPDX-License-Identifier: Apache-2.0
"""The target of a loop may be an attribute.

class: A17
effect: a function of a library module is replaced
guard: modules
"""
import json


def mine(*a, **k):
    return "mine"


for json.dumps in [mine]:
    pass
if json.dumps(1) == "mine":
    leak(leak)
