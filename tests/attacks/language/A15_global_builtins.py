# SPDX-License-Identifier: Apache-2.0
"""A function binds it for the module.

class: A15
effect: a module that the imported one had imported
guard: syntax modules
"""
import calendar


def bind():
    global __builtins__
    __builtins__ = calendar


bind()


def f():
    return sys


leak(f())
