# SPDX-License-Identifier: Apache-2.0
"""An asynchronous generator's frame.

class: A7
effect: a frame
guard: syntax types
"""
async def g():
    yield


leak(g().ag_frame)
