# SPDX-License-Identifier: Apache-2.0
"""A generator's code.

class: A7
effect: a code object
guard: syntax types
"""
leak((x for x in ()).gi_code)
