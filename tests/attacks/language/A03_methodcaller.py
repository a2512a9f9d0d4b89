# SPDX-License-Identifier: Apache-2.0
"""operator.methodcaller calls methods by name.

class: A3
effect: the list of all classes
guard: modules types
"""
import operator

call = operator.methodcaller("__subclasses__")
leak(call(object))
