# SPDX-License-Identifier: Apache-2.0
"""A frame knows its builtins.

class: A38
effect: the namespace builtins
guard: syntax types
"""
def g():
    yield


leak(g().gi_frame.f_builtins["open"])
