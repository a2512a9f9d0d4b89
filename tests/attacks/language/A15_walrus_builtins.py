# SPDX-License-Identifier: Apache-2.0
"""An assignment expression binds the same name.

class: A15
effect: a module that the imported one had imported
guard: syntax modules
"""
import json

(__builtins__ := json)


def f():
    return codecs


leak(f())
