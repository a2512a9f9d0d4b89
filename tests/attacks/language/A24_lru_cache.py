# SPDX-License-Identifier: Apache-2.0
"""A cache around getattr.

class: A24
effect: one's own namespace
guard: builtins types
"""
import functools


def f():
    pass


leak(functools.lru_cache(getattr)(f, "__globals__"))
