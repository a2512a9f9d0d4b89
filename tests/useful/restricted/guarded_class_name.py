# SPDX-License-Identifier: Apache-2.0
# profile: page
# refused: __class__ is no attribute here; type(x) is the same
# The class's own name, asked of the object, as many __repr__ methods do.
class Base:
    def __repr__(self):
        return f"{self.__class__.__name__}({self.value!r})"

    def __init__(self, value):
        self.value = value

    def same(self, other):
        return self.__class__ is other.__class__


class Child(Base):
    def twin(self):
        return self.__class__(self.value)


print(Base(1), Child("x"), Child(2).twin(), Base(1).same(Child(1)))
