# SPDX-License-Identifier: Apache-2.0
"""The name that except binds, and deletes again, uncovers the builtin beneath.

class: A15
effect: the function of imports
guard: syntax builtins
"""
try:
    raise ValueError
except ValueError as __import__:
    pass
leak(__import__)
