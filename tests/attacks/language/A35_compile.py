# SPDX-License-Identifier: Apache-2.0
"""compile gives code, which nothing has checked.

class: A35
effect: a code object
guard: builtins
"""
leak(compile("().__class__", "x", "eval"))
