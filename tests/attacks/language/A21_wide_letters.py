# SPDX-License-Identifier: Apache-2.0
"""Identifiers are normalised by the parser: a filter of the text sees other letters.

class: A21
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


leak(f.__ｇｌｏｂａｌｓ__)
