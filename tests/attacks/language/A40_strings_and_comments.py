# SPDX-License-Identifier: Apache-2.0
"""What looks like a text, or like a comment, to those that read text.

class: A40
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


'''a''', "'''", leak(f.__globals__), '''# '''
x = "#"; leak(f.__globals__); y = '\'; z = "#'
