# SPDX-License-Identifier: Apache-2.0
"""So does that of a context manager's generator.

class: A29
effect: code runs after the last line
guard: end
"""
import contextlib


@contextlib.contextmanager
def waits(call):
    try:
        yield
    finally:
        if done:
            call(call)


done = []
keep = waits(leak)
keep.__enter__()
done.append(1)
