# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# The older decorators of abc, which courses still show.
import abc


class Base(abc.ABC):
    @abc.abstractproperty
    def size(self):
        pass

    @abc.abstractclassmethod
    def make(cls):
        pass

    @abc.abstractstaticmethod
    def about():
        pass


class Real(Base):
    size = 3

    @classmethod
    def make(cls):
        return cls()

    @staticmethod
    def about():
        return "real"


print(Real.make().size, Real.about(), isinstance(Real(), Base), isinstance(abc.get_cache_token(), int))
