# SPDX-License-Identifier: Apache-2.0
"""Everything that a module has is looked at.

class: A19
effect: a module
guard: modules builtins
"""
import textwrap

for name in ("re", "os", "sys", "textwrap", "collections"):
    found = getattr(textwrap, name, None)
    if found is not None:
        leak(found)
