# SPDX-License-Identifier: Apache-2.0
"""globals() is the namespace that everything is looked up in.

class: A16
effect: one's own namespace
guard: builtins syntax
"""
leak(globals())
