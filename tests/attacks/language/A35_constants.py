# SPDX-License-Identifier: Apache-2.0
"""The constants of code hold the code of what is defined inside.

class: A35
effect: a code object
guard: syntax types
"""
def outer():
    def inner():
        pass

    return inner


leak(outer.__code__.co_consts[1])
