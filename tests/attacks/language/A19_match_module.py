# SPDX-License-Identifier: Apache-2.0
"""A class pattern reads the module's attribute.

class: A19
effect: the module os
guard: modules syntax
"""
import contextlib

match contextlib:
    case object(os=found):
        leak(found)
