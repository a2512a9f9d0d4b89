# SPDX-License-Identifier: Apache-2.0
"""importlib imports.

class: A20
effect: the module os
guard: builtins
"""
import importlib

leak(importlib.import_module("os"))
