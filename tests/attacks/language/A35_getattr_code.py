# SPDX-License-Identifier: Apache-2.0
"""The code of a generator's function, by the generator.

class: A35
effect: a code object
guard: builtins types
"""
g = (x for x in ())
code = getattr(g, "gi_c" + "ode")
leak(code)
