# SPDX-License-Identifier: Apache-2.0
"""__import__ of one's own, in builtins of one's own, is called by every import that follows.

class: A15
effect: code of one's own is called by the interpreter
guard: syntax
"""
def mine(name, *more):
    leaked(leaked)


leaked = leak
__builtins__ = {"__import__": mine}


def f():
    import json


f()
