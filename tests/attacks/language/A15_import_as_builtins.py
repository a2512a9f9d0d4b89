# SPDX-License-Identifier: Apache-2.0
"""A module imported as __builtins__ is where later functions look for names.

class: A15
effect: a module that the imported one had imported
guard: syntax modules
"""
import json as __builtins__


def f():
    return codecs


leak(f())
