# SPDX-License-Identifier: Apache-2.0
"""A UnicodeError keeps what it could not encode, also where that lies.

class: A9
effect: a frame, by the error that carries it
guard: syntax types
"""
class Text(str):
    pass


try:
    Text("\ud800").encode()
except UnicodeError as e:
    leak(e.__traceback__.tb_frame)
    leak(e.object.__class__.__base__.__base__.__subclasses__())
