# SPDX-License-Identifier: Apache-2.0
"""An error's traceback has frames.

class: A8
effect: a frame
guard: syntax types
"""
try:
    1 / 0
except ZeroDivisionError as e:
    leak(e.__traceback__.tb_frame)
