# SPDX-License-Identifier: Apache-2.0
"""Another one.

class: A19
effect: the module os
guard: modules
"""
import contextlib

leak(contextlib.os)
