# SPDX-License-Identifier: Apache-2.0
"""A finder of one's own on sys.meta_path answers for every import that follows.

class: A20
effect: code of one's own is called by every import
guard: builtins
"""
import sys


class Finder:
    def find_spec(self, name, path=None, target=None):
        leak(leak)


sys.meta_path.insert(0, Finder())
try:
    import a_module_that_is_nowhere
except ImportError:
    pass
