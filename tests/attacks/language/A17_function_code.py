# SPDX-License-Identifier: Apache-2.0
"""An assignment to a function's code makes it another function.

class: A17
effect: a function's code is exchanged
guard: syntax types
"""
def harmless():
    return 1


def other():
    leak(leak)


harmless.__code__ = other.__code__
harmless()
