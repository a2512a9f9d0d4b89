# SPDX-License-Identifier: Apache-2.0
# profile: page
# Accounts with rules.
class InsufficientFunds(Exception):
    pass


class Account:
    number = 1000

    def __init__(self, owner):
        Account.number += 1
        self.id, self.owner, self._entries = Account.number, owner, []

    @property
    def balance(self):
        return sum(self._entries)

    def move(self, amount):
        if self.balance + amount < 0:
            raise InsufficientFunds(f"{self.owner} has {self.balance}, not {-amount}")
        self._entries.append(amount)


class Savings(Account):
    def add_interest(self, percent):
        self.move(self.balance * percent // 100)


def transfer(a, b, amount):
    a.move(-amount)
    b.move(amount)


ann, bo = Savings("Ann"), Account("Bo")
ann.move(500)
transfer(ann, bo, 120)
ann.add_interest(10)
try:
    transfer(bo, ann, 1000)
except InsufficientFunds as e:
    print(e)
print([(x.id, x.owner, x.balance) for x in (ann, bo)])
