# SPDX-License-Identifier: Apache-2.0
"""Methods of slots are bound to objects, which have classes, which have bases.

class: A1
effect: the importer of builtin modules
guard: syntax types
"""
start = (1).__add__.__self__.__class__.__bases__[0]
leak(start.__subclasses__())
