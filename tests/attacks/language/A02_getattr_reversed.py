# SPDX-License-Identifier: Apache-2.0
"""A name written backwards.

class: A2
effect: the module builtins
guard: builtins types
"""
leak(getattr(print, "__fles__"[::-1]))
