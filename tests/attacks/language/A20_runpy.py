# SPDX-License-Identifier: Apache-2.0
"""runpy runs modules, and gives their namespace.

class: A20
effect: the namespace of a module
guard: builtins
"""
import runpy

leak(runpy.run_module("textwrap")["__builtins__"]["open"])
