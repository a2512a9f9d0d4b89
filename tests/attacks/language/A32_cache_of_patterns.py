# SPDX-License-Identifier: Apache-2.0
"""The cache of compiled patterns is asked with a pattern that says that it equals another.

class: A32
effect: the namespace of a library module
guard: modules types
"""
import re


class Pattern(str):
    def __eq__(self, other):
        leak(re.compile.__globals__)
        return True

    def __hash__(self):
        return hash("a+")


re.compile("a+")
re.compile(Pattern("a+")).fullmatch("aaa")
re.compile(Pattern("a+")).fullmatch("aaa")
