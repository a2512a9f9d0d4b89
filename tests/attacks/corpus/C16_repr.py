# SPDX-License-Identifier: Apache-2.0
"""End by an exception whose text is made when it is asked for, each time larger.

class: C16
effect: the broker grows or waits, or the run outlasts its limits
profile: brief
always: texts are made in the cell, under its limits
"""
class Growing(Exception):
    size = 1 << 16

    def __repr__(self):
        Growing.size *= 2
        return "x" * Growing.size

    __str__ = __repr__


error = Growing()
for _ in range(500):
    deeper = Growing(error)
    deeper.__cause__ = error
    error = deeper
raise error
