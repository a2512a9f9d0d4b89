# SPDX-License-Identifier: Apache-2.0
"""The import function called by its name.

class: A20
effect: the module posix
guard: builtins
"""
leak(__import__("posix"))
