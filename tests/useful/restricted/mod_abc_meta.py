# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Abstract classes by the metaclass, and completed by a decorator.
import abc


class Base(metaclass=abc.ABCMeta):
    @property
    @abc.abstractmethod
    def size(self):
        """How many."""

    @classmethod
    @abc.abstractmethod
    def make(cls):
        """A new one."""


class Real(Base):
    size = 3

    @classmethod
    def make(cls):
        return cls()


def complete(cls):
    cls.make = classmethod(lambda c: "made")
    cls.size = 1
    return abc.update_abstractmethods(cls)


@complete
class Later(Base):
    pass


print(Real.make().size, isinstance(Real(), Base), Later().make(), issubclass(Later, Base))
try:
    Base()
except TypeError:
    print("Base is abstract")
