# SPDX-License-Identifier: Apache-2.0
"""The name __builtins__ is in every namespace.

class: A38
effect: the module builtins
guard: syntax builtins
"""
leak(__builtins__)
leak(getattr(__builtins__, "open"))
