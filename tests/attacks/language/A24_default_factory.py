# SPDX-License-Identifier: Apache-2.0
"""A default dict calls its factory.

class: A24
effect: one's own namespace
guard: builtins types
"""
from collections import defaultdict
from functools import partial


def f():
    pass


leak(defaultdict(partial(getattr, f, "__globals__"))["x"])
