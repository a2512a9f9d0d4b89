# SPDX-License-Identifier: Apache-2.0
"""pydoc finds any object by its dotted name.

class: A3
effect: the module posix
guard: modules builtins
"""
import pydoc

leak(pydoc.locate("posix"))
