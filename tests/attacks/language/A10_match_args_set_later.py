# SPDX-License-Identifier: Apache-2.0
"""__match_args__ set on a finished class.

class: A10
effect: a code object
guard: builtins types
"""
class C:
    pass


def f():
    pass


class Meta(type):
    def __instancecheck__(cls, other):
        return True


D = Meta("D", (), {})
setattr(D, "__match_args__", ("__code__",))
match f:
    case D(found):
        leak(found)
