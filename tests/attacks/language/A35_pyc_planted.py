# SPDX-License-Identifier: Apache-2.0
"""A .pyc put where imports look is executed without any source.

class: A35
effect: code that was in a file of bytecode ran
guard: builtins
"""
import marshal
import sys

import importlib.util

data = importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile("leak(leak)", "x", "exec"))
with open("planted_module.pyc", "wb") as file:
    file.write(data)
sys.path.insert(0, ".")
import planted_module
