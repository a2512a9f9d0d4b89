# SPDX-License-Identifier: Apache-2.0
"""json calls a hook with pairs, out of which names are made.

class: A24
effect: one's own namespace
guard: builtins types
"""
import json


def f():
    pass


json.loads('{"__globals__": 0}', object_pairs_hook=lambda pairs: leak(getattr(f, pairs[0][0])))
