# SPDX-License-Identifier: Apache-2.0
"""except* gives groups, made anew around what was caught.

class: A11
effect: a frame
guard: syntax types
"""
try:
    raise ExceptionGroup("x", [ValueError(1)])
except* ValueError as group:
    leak(group.__traceback__.tb_frame)
