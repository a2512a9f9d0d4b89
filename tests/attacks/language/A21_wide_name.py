# SPDX-License-Identifier: Apache-2.0
"""So are names, and the words of from-import.

class: A21
effect: the importer of builtin modules
guard: syntax builtins
"""
from random import _ｏs

leak(_ºs)
leak(__ｌoader__)
