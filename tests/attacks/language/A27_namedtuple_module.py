# SPDX-License-Identifier: Apache-2.0
"""The module that a named tuple says it is from is looked up to find the caller.

class: A27
effect: the namespace of a library module
guard: modules types syntax
"""
from collections import namedtuple

T = namedtuple("T", "x", module="posix")
leak(T._make.__func__.__globals__)
leak(T._replace.__globals__)
