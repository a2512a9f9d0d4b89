# SPDX-License-Identifier: Apache-2.0
# profile: page
# Parameters of every kind.
def call(a, b=2, /, c=3, *rest, d, e=5, **more):
    return a, b, c, rest, d, e, sorted(more.items())


print(call(1, d=4))
print(call(1, 20, 30, 40, 50, d=60, f=70, g=80))
args, options = (1, 2, 3, 4), {"d": 0, "z": 26}
print(call(*args, **options))
print(call(*args[:2], *[9], d=1))


def total(*numbers, start=0):
    """Add numbers."""
    result = start
    for n in numbers:
        result += n
    return result


print(total(), total(1, 2, 3), total(*range(5), start=100))
print((lambda x, *y, k=1, **z: (x, y, k, z))(1, 2, 3, k=4, w=5))
try:
    call(1)
except TypeError as e:
    print("TypeError:", e)
