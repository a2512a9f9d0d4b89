# SPDX-License-Identifier: Apache-2.0
"""A property shows its function.

class: A25
effect: the namespace of a library module
guard: types syntax
"""
import fractions

leak(fractions.Fraction.numerator.fget.__globals__)
