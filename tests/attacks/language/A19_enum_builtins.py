# SPDX-License-Identifier: Apache-2.0
"""enum knows the builtins by a short name.

class: A19
effect: the module builtins
guard: modules
"""
import enum

leak(enum.bltns)
