# SPDX-License-Identifier: Apache-2.0
"""with hands the traceback to __exit__.

class: A8
effect: a frame
guard: syntax types
"""
class M:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        leak(trace.tb_frame)
        return True


with M():
    1 / 0
