# SPDX-License-Identifier: Apache-2.0
"""The module is taken by from-import, under another name.

class: A19
effect: the module os
guard: modules syntax
"""
from random import _os as innocent

leak(innocent)
