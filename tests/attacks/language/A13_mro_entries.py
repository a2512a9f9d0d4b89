# SPDX-License-Identifier: Apache-2.0
"""A base that is no class says which classes it stands for.

class: A13
effect: the importer of builtin modules
guard: syntax types
"""
class Stand:
    def __mro_entries__(self, bases):
        found = [c for c in object.__subclasses__() if c.__name__ == "BuiltinImporter"]
        leak(found[0])
        return ()


class C(Stand()):
    pass
