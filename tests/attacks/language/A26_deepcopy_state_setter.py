# SPDX-License-Identifier: Apache-2.0
"""The sixth of what an object reduces to is called with the object and its state.

class: A26
effect: code of one's own is called by the library, instead of a state being set
guard: syntax modules types
"""
import copy


class C:
    def __reduce_ex__(self, version):
        return (C, (), self, None, None)

    def __setstate__(self, state):
        leak(leak)


copy.deepcopy(C())
