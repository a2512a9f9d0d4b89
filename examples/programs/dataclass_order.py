# SPDX-License-Identifier: Apache-2.0
"""Records with dataclasses: defaults, order, frozen values, and dictionaries."""

from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from decimal import Decimal


@dataclass(frozen=True, order=True)
class Money:
    cents: int
    currency: str = "EUR"

    def __post_init__(self):
        if self.cents < 0:
            raise ValueError(f"an amount is not negative: {self.cents}")

    def __add__(self, other):
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return replace(self, cents=self.cents + other.cents)

    def __mul__(self, count):
        return replace(self, cents=self.cents * count)

    def __str__(self):
        return f"{Decimal(self.cents) / 100:.2f} {self.currency}"


@dataclass(slots=True)
class Line:
    name: str
    price: Money
    count: int = 1

    @property
    def total(self):
        return self.price * self.count


@dataclass
class Order:
    number: int
    lines: list[Line] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def total(self):
        return sum((line.total for line in self.lines), start=Money(0))


def main():
    order = Order(17, [Line("teapot", Money(2495))])
    order.lines.append(Line("cup", Money(650), count=6))
    print(order)
    print("total:", order.total)
    print("dearest:", max(order.lines, key=lambda line: line.price).name)
    print("sorted:", *sorted([Money(500), Money(20), Money(500, "CHF")]))
    print(
        "equal:", order == Order(17, order.lines[:], {"seen": "no"}), Order(1) == Order(2)
    )
    print("as a dictionary:", asdict(order.lines[1]))
    print("fields:", [f.name for f in fields(Line)])
    print("as a key:", {Money(5): "five"}[Money(5)])
    try:
        order.lines[0].price.cents = 1
    except FrozenInstanceError as error:
        print("refused:", error)
    try:
        order.lines[0].colour = "blue"
    except AttributeError:
        print("refused: a line has no colour")
    for act in (lambda: Money(5) + Money(5, "CHF"), lambda: Money(-1)):
        try:
            act()
        except ValueError as error:
            print("refused:", error)


if __name__ == "__main__":
    main()
