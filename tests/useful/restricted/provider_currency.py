# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: money in Decimal, rounded as accountants do.
from decimal import ROUND_HALF_EVEN, Decimal

RATES = {"EUR": Decimal("1"), "USD": Decimal("1.0842"), "CHF": Decimal("0.9721")}


def convert(amount, source, target):
    value = Decimal(amount) / RATES[source] * RATES[target]
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)


for amount, a, b in (("100", "EUR", "USD"), ("19.99", "USD", "CHF"), ("0.125", "EUR", "EUR")):
    print(amount, a, "=", convert(amount, a, b), b)
lines = [Decimal("19.99"), Decimal("5.01"), Decimal("0.10")]
net = sum(lines)
vat = (net * Decimal("0.19")).quantize(Decimal("0.01"))
print(net, vat, net + vat, f"{net + vat:>12,}")
