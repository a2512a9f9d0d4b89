# SPDX-License-Identifier: Apache-2.0
"""The limit of recursion is an exception, which a handler catches.

class: A30
effect: code goes on after a limit
guard: end
profile: page
"""
def deeper():
    return deeper()


try:
    deeper()
except BaseException:
    leak(leak)
