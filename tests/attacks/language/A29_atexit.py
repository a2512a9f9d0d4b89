# SPDX-License-Identifier: Apache-2.0
"""atexit.

class: A29
effect: code runs after the last line
guard: builtins
"""
import atexit

atexit.register(leak, leak)
