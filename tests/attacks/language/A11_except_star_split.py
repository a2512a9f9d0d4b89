# SPDX-License-Identifier: Apache-2.0
"""except* calls split of the group, which its class may define.

class: A11
effect: code of one's own is called by the interpreter with what it made
guard: syntax
"""
class Group(ExceptionGroup):
    def split(self, condition):
        leak(leak)
        return super().split(condition)


try:
    try:
        raise Group("x", [ValueError(1)])
    except* KeyError:
        pass
except ExceptionGroup:
    pass
