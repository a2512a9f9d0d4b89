# SPDX-License-Identifier: Apache-2.0
"""The default of getattr hides the refusal, and the next name is tried.

class: A2
effect: a code object
guard: builtins types
"""
def f():
    pass


for name in ("nothing", "_code_", "__code" + "__"):
    found = getattr(f, name, None)
    if found is not None:
        leak(found)
