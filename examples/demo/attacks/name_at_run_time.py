# SPDX-License-Identifier: Apache-2.0
# class: A2
# tries: getattr, of a name put together
# level: restricted
# profile: classroom
def f():
    pass


found = getattr(f, "__glo" + "bals__")
print("REACHED", found["__builtins__"])
