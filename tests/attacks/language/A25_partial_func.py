# SPDX-License-Identifier: Apache-2.0
"""A partial shows what it calls.

class: A25
effect: the namespace of a library module
guard: types modules syntax
"""
import contextlib


@contextlib.contextmanager
def manager():
    yield


helper = manager()
leak(helper._recreate_cm.__func__.__globals__)
leak(helper.func.__globals__)
