# SPDX-License-Identifier: Apache-2.0
# profile: page
# __format__, __bytes__ and friends.
class Money:
    def __init__(self, cents):
        self.cents = cents

    def __format__(self, spec):
        if spec == "eur":
            return f"€{self.cents / 100:.2f}"
        return format(self.cents, spec)

    def __str__(self):
        return format(self, "eur")

    def __bytes__(self):
        return str(self.cents).encode()

    def __repr__(self):
        return f"Money({self.cents})"


m = Money(123456)
print(f"{m:eur} {m:,} {m} {m!r}", "{:eur}".format(m), format(m, ">10"), bytes(m), "%s" % m, [m])
