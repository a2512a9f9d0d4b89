# SPDX-License-Identifier: Apache-2.0
"""Without __builtins__ in a namespace, the interpreter puts all of them there.

class: A16
effect: the module builtins, put there by the interpreter
guard: syntax builtins
"""
space = {}
exec("del __builtins__", space) if "__builtins__" in space else exec("x = 1", space)
leak(space["__builtins__"]["open"])
