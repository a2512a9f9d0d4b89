# SPDX-License-Identifier: Apache-2.0
"""A lying text for operator's helpers.

class: A4
effect: the list of all classes
guard: modules types
"""
import operator


class Name(str):
    def __contains__(self, x):
        return False

    def startswith(self, *a):
        return False

    def split(self, *a):
        return ["real"]


leak(operator.methodcaller(Name("__subclasses__"))(object))
leak(operator.attrgetter(Name("__subclasses__"))(object)())
