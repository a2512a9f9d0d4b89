# SPDX-License-Identifier: Apache-2.0
"""End by an exception whose every part runs code when somebody unpickles it.

class: B1
effect: the canary directory has a new entry, which nobody in the cell can make
always: of an exception its type's name, its text and its place cross, as bounded text
"""
class Gift(Exception):
    def __reduce__(self):
        return os.mkdir, (T["paths"]["open"] + "/unpickled",)

    def __str__(self):
        import pickle
        return pickle.dumps(self, 0).decode()


raise Gift(Gift())
