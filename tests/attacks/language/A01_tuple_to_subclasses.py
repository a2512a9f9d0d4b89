# SPDX-License-Identifier: Apache-2.0
"""From a tuple to object, and from object to every class that there is.

class: A1
effect: the importer of builtin modules
guard: syntax types
"""
for cls in ().__class__.__base__.__subclasses__():
    if cls.__name__ == "BuiltinImporter":
        leak(cls)
