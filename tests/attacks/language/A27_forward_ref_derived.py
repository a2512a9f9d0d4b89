# SPDX-License-Identifier: Apache-2.0
"""A hint of a class derived from typing's own is asked for its value, in the namespace of
the function that is annotated.

class: A27
effect: the namespace of json
guard: types, modules
"""
import functools
import json
import typing

Reference = type(typing.get_args(typing.List["X"])[0])


class Mine(Reference, _root=True):
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
