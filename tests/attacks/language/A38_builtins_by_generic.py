# SPDX-License-Identifier: Apache-2.0
"""A library's class has methods, which have globals, which have builtins.

class: A38
effect: the namespace builtins
guard: syntax types modules
"""
import string

leak(string.Template.substitute.__globals__["__builtins__"]["open"])
