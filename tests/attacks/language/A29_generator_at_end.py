# SPDX-License-Identifier: Apache-2.0
"""The finally of a generator that waits runs when it goes away, with the run's namespace.

class: A29
effect: code runs after the last line
guard: end
"""
def waits(call):
    try:
        yield
    finally:
        if done:
            call(call)


done = []
keep = waits(leak)
next(keep)
done.append(1)
