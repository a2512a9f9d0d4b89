# SPDX-License-Identifier: Apache-2.0
"""An AttributeError names the object that lacked it; attrgetter walked there.

class: A9
effect: one's own namespace
guard: types modules
"""
import operator


def f():
    pass


try:
    operator.attrgetter("__globals__.nothing")(f)
except AttributeError as e:
    leak(e.obj)
