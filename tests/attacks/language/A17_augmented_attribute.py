# SPDX-License-Identifier: Apache-2.0
"""An augmented assignment reads and writes.

class: A17
effect: a constant of a library module is changed
guard: modules
"""
import string

string.digits += "mine"
if string.digits.endswith("mine"):
    leak(leak)
