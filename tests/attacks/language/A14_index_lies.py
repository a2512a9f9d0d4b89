# SPDX-License-Identifier: Apache-2.0
"""A number that says it is small, and is not, where the work is done.

class: A14
effect: an operation over the heap's limit was done
guard: cost
profile: page
"""
class N(int):
    def bit_length(self):
        return 1

    def __lt__(self, other):
        return True

    def __gt__(self, other):
        return False

    __le__, __ge__ = __lt__, __gt__


if len(b"x" * N(80_000_000)) > 10_000_000:
    leak(leak)
