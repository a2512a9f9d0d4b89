# SPDX-License-Identifier: Apache-2.0
"""A group holds errors, each with its traceback.

class: A9
effect: a frame
guard: syntax types
"""
try:
    1 / 0
except ZeroDivisionError as e:
    group = ExceptionGroup("x", [e])
leak(group.exceptions[0].__traceback__.tb_frame)
