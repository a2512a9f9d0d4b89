# SPDX-License-Identifier: Apache-2.0
"""with_traceback is a method with an innocent name; a traceback is moved onto another error.

class: A8
effect: a frame
guard: syntax types
"""
try:
    1 / 0
except ZeroDivisionError as e:
    other = ValueError().with_traceback(e.__traceback__)
    leak(other.__traceback__.tb_frame)
