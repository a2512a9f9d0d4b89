# SPDX-License-Identifier: Apache-2.0
"""A subscript writes into the namespace of builtins.

class: A17
effect: a builtin is replaced for everybody
guard: syntax types builtins
"""
def f():
    pass


space = f.__globals__["__builtins__"]
space = space if isinstance(space, dict) else space.__dict__
real = space["len"]
space["len"] = lambda x: "mine"
if len([]) == "mine":
    leak(leak)
space["len"] = real
