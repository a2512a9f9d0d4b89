# SPDX-License-Identifier: Apache-2.0
"""A base that stands for a class that its module keeps to itself, by a hook that an instance
has and its class does not define.

class: A13
effect: the namespace of json, which typing gives to the class
guard: types, modules
"""
import functools
import json
import typing

Reference = type(typing.get_args(typing.List["X"])[0])


class Stand:
    def __getattr__(self, name):
        if name == "__mro_entries__":
            return lambda bases: (Reference,)
        raise AttributeError(name)


class Mine(Stand(), _root=True):
    def _evaluate(self, namespace, *rest, **named):
        leak(namespace)
        return int


class Function:
    def __getattr__(self, name):
        if name == "__annotations__":
            return {"x": Mine("int")}
        if name == "__wrapped__":
            return json.dumps
        raise AttributeError(name)

    def __call__(self, x):
        pass


@functools.singledispatch
def f(x):
    pass


f.register(Function())
