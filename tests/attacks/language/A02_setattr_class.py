# SPDX-License-Identifier: Apache-2.0
"""An object's class is exchanged by a name that was put together.

class: A2
effect: code of a class ran on an object that was of another one
guard: builtins types
"""
class A:
    pass


class B:
    def run(self):
        leak(leak)


a = A()
setattr(a, "__cla" + "ss__", B)
a.run()
