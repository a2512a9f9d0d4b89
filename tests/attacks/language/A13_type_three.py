# SPDX-License-Identifier: Apache-2.0
"""type with three arguments makes a class with any methods.

class: A13
effect: the list of all classes
guard: builtins types
"""
Walk = type("Walk", (), {"__getattr__": lambda self, name: object.__subclasses__()})
leak(Walk().anything)
