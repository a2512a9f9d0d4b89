# SPDX-License-Identifier: Apache-2.0
"""Fields that check themselves, made with descriptors."""


class Field:
    """A typed attribute; subclasses add conditions."""

    kind = object

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return instance.__dict__[self.name]

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            expected, found = self.kind.__name__, type(value).__name__
            raise TypeError(f"{self.name}: {expected} expected, {found} given")
        self.check(value)
        instance.__dict__[self.name] = value


class Text(Field):
    kind = str

    def __init__(self, longest):
        self.longest = longest

    def check(self, value):
        if len(value) > self.longest:
            raise ValueError(f"{self.name}: {len(value)} letters, at most {self.longest}")


class Number(Field):
    kind = int

    def __init__(self, low, high):
        self.low, self.high = low, high

    def check(self, value):
        if not self.low <= value <= self.high:
            raise ValueError(f"{self.name}: {value} is not in {self.low} to {self.high}")


class lazy:
    """A value that is worked out when first asked for, and then kept."""

    def __init__(self, function):
        self.function, self.name = function, function.__name__

    def __get__(self, instance, owner=None):
        print(f"(working out {self.name})")
        value = instance.__dict__[self.name] = self.function(instance)
        return value


class Player:
    name = Text(longest=12)
    level = Number(1, 99)

    def __init__(self, name, level):
        self.name, self.level = name, level

    @lazy
    def title(self):
        return f"{self.name} the {'Great' if self.level > 50 else 'Brave'}"


if __name__ == "__main__":
    player = Player("Mira", 64)
    print(player.title, "|", player.title)
    for name, value in (("level", 100), ("level", "5"), ("name", "Bartholomew the Second")):
        try:
            setattr(player, name, value)
        except (TypeError, ValueError) as error:
            print(f"{type(error).__name__}: {error}")
    print(player.name, player.level, type(Player.level).__name__, sorted(vars(player)))
