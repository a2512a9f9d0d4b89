# SPDX-License-Identifier: Apache-2.0
# does: a pupil's exercise: a dataclass, an exception
# profile: classroom
# prints: Mia 70, overdrawn by 30
from dataclasses import dataclass


class Overdrawn(Exception):
    pass


@dataclass
class Account:
    owner: str
    balance: int = 0

    def take(self, amount):
        if amount > self.balance:
            raise Overdrawn(amount - self.balance)
        self.balance -= amount
        return self


account = Account("Mia", 100).take(30)
try:
    account.take(100)
except Overdrawn as error:
    print(f"{account.owner} {account.balance}, overdrawn by {error}")
