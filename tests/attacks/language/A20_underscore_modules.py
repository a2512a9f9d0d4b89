# SPDX-License-Identifier: Apache-2.0
"""The modules behind modules.

class: A20
effect: the module _io, the importers
guard: builtins syntax
"""
import _frozen_importlib
import _io

leak(_io)
leak(_frozen_importlib.BuiltinImporter)
