# SPDX-License-Identifier: Apache-2.0
"""Inside a class of the right name, two underscores become another class's private name.

class: A22
effect: the namespace of a library module
guard: syntax modules
"""
import difflib


class SequenceMatcher(difflib.SequenceMatcher):
    def look(self):
        return self.__chain_b


leak(SequenceMatcher().look().__func__.__globals__)
