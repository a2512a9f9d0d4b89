# SPDX-License-Identifier: Apache-2.0
"""From 3.13 on, a frame's f_locals writes through.

class: A33
effect: a frame
guard: syntax types
since: 3.13
"""
def outer():
    x = 1
    try:
        1 / 0
    except ZeroDivisionError as e:
        e.__traceback__.tb_frame.f_locals["x"] = leak
        leak(e.__traceback__.tb_frame)
    x(x)


outer()
