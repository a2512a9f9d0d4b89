# SPDX-License-Identifier: Apache-2.0
"""Money in decimals: a loan's monthly schedule, and an invoice with tax."""

import decimal
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cents(amount, rounding=ROUND_HALF_UP):
    return amount.quantize(CENT, rounding)


def schedule(loan, yearly_rate, months):
    """Yield (month, interest, repaid, left).  The last payment settles the cents."""
    rate = yearly_rate / 12
    payment = cents(loan * rate / (1 - (1 + rate) ** -months))
    left = loan
    for month in range(1, months + 1):
        interest = cents(left * rate)
        repaid = left if month == months else payment - interest
        left -= repaid
        yield month, interest, repaid, left


def main():
    print("month  interest    repaid        left")
    paid = Decimal(0)
    for month, interest, repaid, left in schedule(Decimal(12000), Decimal("0.049"), 12):
        paid += interest + repaid
        print(f"{month:5} {interest:9} {repaid:9} {left:11,}")
    print(f"paid in all {paid:,}")

    prices = [Decimal("19.99"), Decimal("0.05"), Decimal("249.00")]
    net = sum(prices)
    tax = cents(net * Decimal("0.19"))
    print(f"\nnet {net}, tax {tax}, total {net + tax}")

    print("\nin binary:", 0.1 + 0.2, "in decimals:", Decimal("0.1") + Decimal("0.2"))
    print("half up:", cents(Decimal("2.675")))
    print("half even:", cents(Decimal("2.665"), ROUND_HALF_EVEN))
    with decimal.localcontext() as context:
        context.prec = 50
        print("root of 2:", Decimal(2).sqrt())
    print("a third of 10 in three parts:", [str(part) for part in share(Decimal(10), 3)])


def share(amount, parts):
    """Split an amount so that the parts differ by a cent at most and add up."""
    each = cents(amount / parts, decimal.ROUND_DOWN)
    extra = int((amount - each * parts) / CENT)
    return [each + CENT * (index < extra) for index in range(parts)]


if __name__ == "__main__":
    main()
