# SPDX-License-Identifier: Apache-2.0
# profile: page
# A page's cart, with discounts as functions.
def percent(p):
    return lambda total: total * (100 - p) / 100


def over(limit, off):
    return lambda total: total - off if total > limit else total


cart = {"book": (2, 12.5), "pen": (10, 0.8)}
total = sum(n * price for n, price in cart.values())
for discount in (percent(10), over(25, 5), lambda t: round(t, 1)):
    total = discount(total)
    print(f"{total:.2f}")
