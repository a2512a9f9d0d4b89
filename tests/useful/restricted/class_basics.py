# SPDX-License-Identifier: Apache-2.0
# profile: page
# A class with the usual methods.
class Account:
    """Money in, money out."""

    rate = 0.02
    count = 0

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        Account.count += 1

    def __repr__(self):
        return f"Account({self.owner!r}, {self.balance!r})"

    def __str__(self):
        return f"{self.owner}: {self.balance:.2f}"

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("a deposit is more than nothing")
        self.balance += amount
        return self

    def interest(self):
        return self.balance * self.rate

    @classmethod
    def empty(cls, owner):
        return cls(owner)

    @staticmethod
    def is_valid(name):
        return name.isalpha()


a = Account("Ann", 100)
print(a, repr(a), a.deposit(50).interest(), Account.is_valid("x1"), Account.empty("Bo"))
print(Account.count, a.rate, isinstance(a, Account), callable(a), callable(Account))
a.note = "new"
print(a.note)
del a.note
try:
    print(a.note)
except AttributeError as e:
    print("AttributeError:", e)
