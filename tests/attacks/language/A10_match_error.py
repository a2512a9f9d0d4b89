# SPDX-License-Identifier: Apache-2.0
"""An error matched down to its frame.

class: A10
effect: a frame
guard: syntax types
"""
try:
    1 / 0
except Exception as e:
    match e:
        case Exception(__traceback__=object(tb_frame=found)):
            leak(found)
