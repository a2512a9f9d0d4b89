# SPDX-License-Identifier: Apache-2.0
"""builtins is a module like others.

class: A20
effect: open
guard: builtins
"""
from builtins import open as read, eval as run

leak(read)
leak(run)
