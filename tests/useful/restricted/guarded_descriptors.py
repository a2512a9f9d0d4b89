# SPDX-License-Identifier: Apache-2.0
# profile: page
# Descriptors: values that check themselves.
class Positive:
    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, obj, kind=None):
        if obj is None:
            return self
        return obj.values[self.slot]

    def __set__(self, obj, value):
        if value <= 0:
            raise ValueError(self.slot[1:] + " must be positive")
        obj.values[self.slot] = value

    def __delete__(self, obj):
        del obj.values[self.slot]


class Order:
    count = Positive()
    price = Positive()

    def __init__(self, count, price):
        self.values = {}
        self.count, self.price = count, price


o = Order(3, 2.5)
print(o.count * o.price)
try:
    o.count = 0
except ValueError as e:
    print(e)
del o.price
print(sorted(o.values))
