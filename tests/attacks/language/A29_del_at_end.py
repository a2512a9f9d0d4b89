# SPDX-License-Identifier: Apache-2.0
"""A finaliser runs when the namespace of the run goes away.

class: A29
effect: code runs after the last line
guard: syntax
"""
class Last:
    def __init__(self, call):
        self.call = call

    def __del__(self):
        self.call(self.call)


keep = Last(leak)
