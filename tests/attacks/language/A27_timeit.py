# SPDX-License-Identifier: Apache-2.0
"""timeit executes a text.

class: A27
effect: open, by code in a text
guard: builtins
"""
import timeit

timeit.timeit("leak(open)", number=1, globals={"leak": leak})
