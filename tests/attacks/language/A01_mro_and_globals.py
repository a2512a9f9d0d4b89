# SPDX-License-Identifier: Apache-2.0
"""From a text over the method resolution order to a class written in Python, and to the globals of its methods.

class: A1
effect: the namespace of a library module
guard: syntax types
"""
for cls in "".__class__.__mro__[-1].__subclasses__():
    if "wrap_close" in str(cls):
        leak(cls.__init__.__globals__)
