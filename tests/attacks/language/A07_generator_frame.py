# SPDX-License-Identifier: Apache-2.0
"""A generator's frame.

class: A7
effect: a frame
guard: syntax types
"""
def g():
    yield


leak(g().gi_frame)
