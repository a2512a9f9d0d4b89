# SPDX-License-Identifier: Apache-2.0
"""A coroutine's frame and code, without ever running it.

class: A7
effect: a frame
guard: syntax types
"""
async def c():
    pass


coroutine = c()
leak(coroutine.cr_frame)
leak(coroutine.cr_code)
coroutine.close()
