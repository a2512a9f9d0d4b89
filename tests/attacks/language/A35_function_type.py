# SPDX-License-Identifier: Apache-2.0
"""The type of functions makes a function of any code and any globals.

class: A35
effect: the module builtins
guard: syntax builtins types
"""
make = type(lambda: 0)
leak(make)
leak(make((lambda: __builtins__).__code__, {})()["open"])
