# SPDX-License-Identifier: Apache-2.0
"""A context manager's __exit__ swallows every error.

class: A30
effect: code goes on after a limit
guard: end
profile: page
"""
class Swallow:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return True


def deeper():
    return deeper()


with Swallow():
    deeper()
leak(leak)
