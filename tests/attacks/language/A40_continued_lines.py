# SPDX-License-Identifier: Apache-2.0
"""An attribute over two lines, its dot before a line end that is continued.

class: A40
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


leak(f. \
    __globals__)
leak(f
     .__globals__)
