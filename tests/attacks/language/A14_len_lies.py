# SPDX-License-Identifier: Apache-2.0
"""A sequence whose length is another one than it has.

class: A14
effect: an operation over the heap's limit was done
guard: cost
profile: page
"""
class L(list):
    def __len__(self):
        return 1


if sum(1 for _ in (L(["x" * 1000]) * 3)) and "".join(L(["x" * 1000]) * 50_000)[1:]:
    leak(leak)
