# SPDX-License-Identifier: Apache-2.0
"""What a cache wraps.

class: A25
effect: the namespace of a library module
guard: types syntax
"""
import functools
import re


@functools.lru_cache
def f():
    pass


leak(f.__wrapped__.__globals__)
leak(re.compile.__globals__)
