# SPDX-License-Identifier: Apache-2.0
"""The target of a comprehension.

class: A17
effect: a function of a library module is replaced
guard: modules
"""
import operator

[0 for operator.add in [lambda a, b: "mine"]]
if operator.add(1, 2) == "mine":
    leak(leak)
