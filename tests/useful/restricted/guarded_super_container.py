# SPDX-License-Identifier: Apache-2.0
# profile: page
# Subclasses of built-in containers that refine what the base does.
class Squares(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value ** 2)

    def __getitem__(self, key):
        return super().__getitem__(key) + 0.5

    def __repr__(self):
        return "Squares" + super().__repr__()


class Ring(list):
    def __getitem__(self, i):
        return super().__getitem__(i % len(self)) if isinstance(i, int) else super().__getitem__(i)


s = Squares()
s[3] = 3
print(s, s[3], Ring("abc")[7], Ring("abc")[0:2])
