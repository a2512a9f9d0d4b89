# SPDX-License-Identifier: Apache-2.0
# profile: page
# Own exceptions, raise from, re-raise, several arguments.
class ShopError(Exception):
    """Something about the shop."""


class OutOfStock(ShopError):
    def __init__(self, item, left=0):
        super().__init__(f"{item}: only {left} left")
        self.item = item
        self.left = left


def order(item):
    try:
        return {"tea": 1}[item]
    except KeyError as e:
        raise OutOfStock(item) from e


try:
    order("cake")
except ShopError as e:
    print(e, e.item, e.left)
try:
    try:
        raise ValueError("first", 2)
    except ValueError as e:
        print(e.args)
        raise
except ValueError as e:
    print("again:", e)
try:
    raise ShopError from None
except ShopError as e:
    print(repr(e))
print(issubclass(OutOfStock, Exception), isinstance(OutOfStock("x"), ShopError))
try:
    assert 1 + 1 == 3, "sums are odd"
except AssertionError as e:
    print("assertion:", e)
