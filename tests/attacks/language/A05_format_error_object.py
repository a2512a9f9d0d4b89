# SPDX-License-Identifier: Apache-2.0
"""The field that fails leaves the object it failed on in the error.

class: A5
effect: one's own namespace
guard: types
"""
def f():
    pass


try:
    "{0.__globals__.nothing}".format(f)
except AttributeError as e:
    leak(e.obj)
