# coding: unicode_escape
# SPDX-License-Identifier: Apache-2.0
"""An encoding in which a comment's text is code.

class: A23
effect: one's own namespace
guard: syntax
"""
def f():
    pass


# nothing here \x0aleak(f.__globals__)
