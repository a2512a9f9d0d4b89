# SPDX-License-Identifier: Apache-2.0
"""What ends the program is an exception, too.

class: A30
effect: an error that no handler of Exception sees passes one's own code and the library's
guard: syntax types
"""
try:
    raise SystemExit(3)
except SystemExit as e:
    leak(e.__traceback__.tb_frame)
