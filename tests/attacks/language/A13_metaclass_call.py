# SPDX-License-Identifier: Apache-2.0
"""A metaclass by a call, with a method of type as an attribute of the class.

class: A13
effect: the importer of builtin modules
guard: builtins types
"""
make = type(type("A", (), {}))
B = make("B", (make,), {"subclasses": make.__dict__["__subclasses__"]})
for cls in B.subclasses(object):
    if cls.__name__ == "BuiltinImporter":
        leak(cls)
