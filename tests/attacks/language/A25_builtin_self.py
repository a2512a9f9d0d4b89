# SPDX-License-Identifier: Apache-2.0
"""What a bound method is bound to, of the library's objects.

class: A25
effect: a module
guard: syntax types
"""
import math

leak(math.sqrt.__self__)
leak(len.__self__)
