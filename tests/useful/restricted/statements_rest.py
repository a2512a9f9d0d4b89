# SPDX-License-Identifier: Apache-2.0
# profile: page
# pass, ellipsis, semicolons, docstrings, line joining, del of several names.
def nothing():
    pass


def later(): ...


class Empty: pass


a = 1; b = 2; c = 3
total = a + \
    b + (
        c)
del a, b
print(nothing(), later(), total, Empty.__name__)
x = (yes := True,)
print(x, (), (1,), [[], [[]]], {1: {2: {3: 4}}})
if True: print("one line")
try:
    raise RuntimeError
except RuntimeError: pass
print("implicit " "joining", 'of' """ strings""")
