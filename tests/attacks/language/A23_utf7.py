# coding: utf-7
# SPDX-License-Identifier: Apache-2.0
"""A cookie makes the parser read another encoding than a filter does.

class: A23
effect: one's own namespace
guard: syntax
"""
def f():
    pass


leak(f.+AF8AXw-globals+AF8AXw-)
