# SPDX-License-Identifier: Apache-2.0
"""A star takes what is public, modules included where nothing lists the names.

class: A19
effect: a module
guard: modules
"""
from fractions import *
from decimal import *
from statistics import *
from uuid import *

for module in (sys, os):
    leak(module)
