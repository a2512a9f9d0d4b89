# SPDX-License-Identifier: Apache-2.0
"""sys has all modules.

class: A20
effect: sys.modules
guard: builtins
"""
import sys

leak(sys.modules)
