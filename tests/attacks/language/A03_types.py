# SPDX-License-Identifier: Apache-2.0
"""The module types has the types that make functions and code.

class: A3
effect: the types of functions and code
guard: modules builtins
"""
import types

leak(types.FunctionType)
leak(types.CodeType)
