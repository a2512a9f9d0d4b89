# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# A property of members that a member may share its name with.
import enum


class Coin(enum.Enum):
    CENT = 1
    EURO = 100

    @enum.property
    def text(self):
        return f"{self.value / 100:.2f}"


print(Coin.CENT.text, Coin.EURO.text)
