# SPDX-License-Identifier: Apache-2.0
"""ctypes reads and calls anything.

class: A37
effect: a module of native code
guard: builtins
"""
import ctypes

leak(ctypes)
leak(ctypes.pythonapi.PyEval_GetBuiltins and ctypes.sys)
