# SPDX-License-Identifier: Apache-2.0
"""An error thrown through a generator is swallowed there.

class: A30
effect: code goes on after a limit
guard: end
profile: page
"""
import contextlib


def deeper():
    return deeper()


with contextlib.suppress(BaseException):
    deeper()
leak(leak)
