# SPDX-License-Identifier: Apache-2.0
"""What hasattr answers tells which names there are; the one found is read.

class: A2
effect: one's own namespace
guard: builtins types
"""
def f():
    pass


alphabet = ["__closure__", "__globals__"]
found = [name for name in alphabet if hasattr(f, name[:2] + name[2:])]
leak(getattr(f, found[-1]))
