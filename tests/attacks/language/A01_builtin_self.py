# SPDX-License-Identifier: Apache-2.0
"""A builtin function is bound to its module.

class: A1
effect: the module builtins
guard: syntax types builtins
"""
leak(print.__self__)
