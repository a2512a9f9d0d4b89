# SPDX-License-Identifier: Apache-2.0
"""Names that only formatting completes, step by step down to the classes.

class: A2
effect: the list of all classes
guard: builtins types
"""
under = chr(95) * 2
at = ()
for step in ("class", "base"):
    at = getattr(at, f"{under}{step}{under}")
leak(getattr(at, "{0}subclasses{0}".format(under))())
