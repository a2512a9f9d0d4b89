# SPDX-License-Identifier: Apache-2.0
"""The same with the real memo, which every __deepcopy__ is given.

class: A26
effect: the module of built-ins
guard: types, modules
"""
import copy


class First:
    def __deepcopy__(self, memo):
        memo[id(str)] = print
        memo[id("upper")] = "__self__"
        return self


leak(copy.deepcopy([First(), str.upper])[1])
