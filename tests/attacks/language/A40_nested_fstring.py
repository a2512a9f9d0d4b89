# SPDX-License-Identifier: Apache-2.0
"""Quotes within quotes of an f-string.

class: A40
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


f"{leak(f.__globals__) or ''!r:{'*'}>{'1'}}"
f'''{"a" '"' if leak(f.__globals__) else "'"}'''
