# SPDX-License-Identifier: Apache-2.0
"""A chain of exceptions and groups that is longer than any traceback.

class: C16
effect: the broker grows or waits
profile: brief
always: frames and text of a traceback have a maximum
"""
error = ValueError("first")
for i in range(20000):
    error = ExceptionGroup("x" * 100, [error, ValueError(i)]) if i % 2 else RuntimeError(error)
    error.add_note("y" * 1000)
raise error
