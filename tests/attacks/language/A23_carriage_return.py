# SPDX-License-Identifier: Apache-2.0
"""A line ends at a carriage return, also the line of a comment.

class: A23
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


# only a commentleak(f.__globals__)
