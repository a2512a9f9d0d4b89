# SPDX-License-Identifier: Apache-2.0
"""The % operator calls __str__, which is a method of one's own, at a place of the host's choice.

class: A6
effect: a frame
guard: syntax types
"""
class S:
    def __str__(self):
        try:
            1 / 0
        except ZeroDivisionError as e:
            leak(e.__traceback__.tb_frame)
        return ""


"%s" % S()
