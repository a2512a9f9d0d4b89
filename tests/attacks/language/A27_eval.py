# SPDX-License-Identifier: Apache-2.0
"""eval and exec take texts.

class: A27
effect: open, by code in a text
guard: builtins
"""
eval("leak(open)")
exec("leak(eval)")
