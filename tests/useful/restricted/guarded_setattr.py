# SPDX-License-Identifier: Apache-2.0
# profile: page
# An object that can be locked.
class Lockable:
    def __init__(self):
        self.locked = False

    def __setattr__(self, name, value):
        if name != "locked" and self.locked:
            raise TypeError("locked")
        super().__setattr__(name, value)


x = Lockable()
x.a = 1
x.locked = True
try:
    x.a = 2
except TypeError as e:
    print(x.a, e)
