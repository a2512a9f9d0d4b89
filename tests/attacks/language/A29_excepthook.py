# SPDX-License-Identifier: Apache-2.0
"""What handles the error that ends the run.

class: A29
effect: a traceback is given to code of one's own
guard: builtins
"""
import sys

sys.excepthook = lambda kind, value, trace: leak(trace.tb_frame)
1 / 0
