# SPDX-License-Identifier: Apache-2.0
"""setattr and delattr write by name.

class: A17
effect: a function of a library module is replaced
guard: modules builtins
"""
import html

setattr(html, "escape", lambda s: "mine")
if html.escape("<") == "mine":
    leak(leak)
