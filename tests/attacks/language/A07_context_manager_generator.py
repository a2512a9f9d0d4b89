# SPDX-License-Identifier: Apache-2.0
"""contextlib keeps the generator that it was given.

class: A7
effect: a frame
guard: syntax types modules
"""
import contextlib


@contextlib.contextmanager
def manager():
    yield


leak(manager().gen.gi_frame)
