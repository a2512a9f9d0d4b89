# SPDX-License-Identifier: Apache-2.0
# class: A5
# tries: read a namespace by a field of str.format
# level: restricted
# profile: page
def f():
    pass


print("REACHED what is in", "{0.__globals__[__builtins__]}".format(f)[:40])
