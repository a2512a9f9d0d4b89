# SPDX-License-Identifier: Apache-2.0
"""A lying text for the import function.

class: A4
effect: the module posix
guard: builtins
"""
class Name(str):
    def __eq__(self, other):
        return other == "json" or str.__eq__(self, other)

    def __hash__(self):
        return hash("posix")


leak(__import__(Name("posix")))
