# SPDX-License-Identifier: Apache-2.0
"""A finally runs, whatever ends the run.

class: A30
effect: code goes on after a limit
guard: end
profile: page
"""
def deeper():
    try:
        return deeper()
    finally:
        found.append(1)


found = []
try:
    deeper()
finally:
    if found:
        leak(leak)
