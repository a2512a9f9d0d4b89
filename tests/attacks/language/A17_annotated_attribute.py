# SPDX-License-Identifier: Apache-2.0
"""An annotated assignment to an attribute.

class: A17
effect: a function of a library module is replaced
guard: modules
"""
import random

random.random: object = lambda: "mine"
if random.random() == "mine":
    leak(leak)
