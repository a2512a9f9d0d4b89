# SPDX-License-Identifier: Apache-2.0
"""The error before the error.

class: A8
effect: a frame
guard: syntax types
"""
try:
    try:
        {}["x"]
    except KeyError:
        1 / 0
except ZeroDivisionError as e:
    leak(e.__context__.__traceback__.tb_frame)
