# SPDX-License-Identifier: Apache-2.0
"""pkgutil resolves names.

class: A3
effect: open
guard: modules builtins
"""
import pkgutil

leak(pkgutil.resolve_name("builtins:open"))
