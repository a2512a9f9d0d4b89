# SPDX-License-Identifier: Apache-2.0
"""A NameError inside a library's frame names what was not found, and where.

class: A9
effect: a frame
guard: syntax types
"""
try:
    nothing_of_that_name
except NameError as e:
    print(e.name)
    leak(e.__traceback__.tb_frame)
