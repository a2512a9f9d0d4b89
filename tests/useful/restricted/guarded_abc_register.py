# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Virtual subclasses, and __subclasshook__ in one's own interface.
from abc import ABC, abstractmethod


class Drawable(ABC):
    @abstractmethod
    def draw(self): ...


@Drawable.register
class Picture:
    def draw(self):
        return "picture"


Drawable.register(str)
print(isinstance(Picture(), Drawable), isinstance("x", Drawable), issubclass(int, Drawable))
