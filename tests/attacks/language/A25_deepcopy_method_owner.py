# SPDX-License-Identifier: Apache-2.0
"""A library's method, bound by deepcopy to a class: its self.__class__(self) is type(class).

class: A25
effect: the class of classes, and the list of all classes
guard: types, modules
profile: classroom
"""
import copy
from collections import Counter


class Plain:
    pass


counter = Counter()
made = copy.deepcopy(counter.copy, {id(counter): Plain})()
leak(made)
leak(getattr(made, "__subclasses__")(object))
