# SPDX-License-Identifier: Apache-2.0
"""A function that operator has had only since 3.11 calls what a filter of names did not think of.

class: A33
effect: the list of all classes
guard: modules types
"""
import operator

leak(operator.call(operator.methodcaller("__subclasses__"), object))
