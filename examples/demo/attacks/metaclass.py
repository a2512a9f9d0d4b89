# SPDX-License-Identifier: Apache-2.0
# class: A13
# tries: a class of classes, to see what they come from
# level: restricted
# profile: classroom
class Meta(type):
    def __call__(cls, *args):
        print("REACHED", cls.__mro__[-1].__subclasses__()[0])


class Thing(metaclass=Meta):
    pass


Thing()
