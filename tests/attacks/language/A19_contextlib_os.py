# SPDX-License-Identifier: Apache-2.0
"""Another one.

class: A19
effect: the module os
guard: facades
"""
import contextlib

leak(contextlib.os)
