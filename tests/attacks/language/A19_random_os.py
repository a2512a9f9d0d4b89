# SPDX-License-Identifier: Apache-2.0
"""One with an underscore.

class: A19
effect: the module os
guard: modules syntax
"""
import random

leak(random._os)
