# SPDX-License-Identifier: Apache-2.0
"""A star in a list of targets.

class: A17
effect: a function of a library module is replaced
guard: modules
"""
import math

[*math.factors, math.sqrt] = [1, 2, lambda x: "mine"]
if math.sqrt(4) == "mine":
    leak(leak)
