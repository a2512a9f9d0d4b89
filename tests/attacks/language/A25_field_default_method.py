# SPDX-License-Identifier: Apache-2.0
"""A field without a value has the default that its class inherits under that name: a
library's method, read by the library.

class: A25
effect: the class of classes, by self.__class__(self) of a class, and the list of all classes
guard: types
profile: classroom
"""
from collections import Counter
from dataclasses import dataclass, fields


class Plain:
    pass


@dataclass
class Record(Counter):
    copy: object


made = fields(Record)[0].default(Plain)
leak(made)
leak(getattr(made, "__subclasses__")(object))
