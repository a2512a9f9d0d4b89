# SPDX-License-Identifier: Apache-2.0
"""The interpreter puts __builtins__ into a namespace that has none.

class: A38
effect: the namespace builtins
guard: builtins
"""
space = {}
exec("pass", space)
leak(space["__builtins__"]["open"])
leak(eval("__builtins__", {})["open"])
