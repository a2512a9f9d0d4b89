# SPDX-License-Identifier: Apache-2.0
"""A program that looks at itself: signatures, sources, frames, and a plug-in table."""

import inspect
import sys
import types


def area(width: float, height: float = 1.0, *, unit: str = "m", **extra) -> str:
    """The area of a rectangle, with its unit."""
    return f"{width * height:g} {unit}2"


class Plugin:
    registry = {}

    def __init_subclass__(cls, /, name, **kwargs):
        super().__init_subclass__(**kwargs)
        Plugin.registry[name] = cls

    def run(self, text):
        raise NotImplementedError


class Shout(Plugin, name="shout"):
    def run(self, text):
        return text.upper() + "!"


class Echo(Plugin, name="echo"):
    times = 2

    def run(self, text):
        return " ".join([text] * self.times)


def check_call(function, *args, **kwargs):
    """Why a call would fail, or its bound arguments."""
    try:
        bound = inspect.signature(function).bind(*args, **kwargs)
    except TypeError as error:
        return f"would fail: {error}"
    bound.apply_defaults()
    return dict(bound.arguments)


def caller():
    return inspect.currentframe().f_back.f_code.co_name


def outer():
    return caller(), len(inspect.stack()) > 2


def main():
    print(inspect.signature(area))
    print(inspect.getdoc(area))
    kinds = (parameter.kind for parameter in inspect.signature(area).parameters.values())
    print([kind.description for kind in kinds])
    print(check_call(area, 2, unit="cm"), "|", check_call(area))
    print(inspect.getsource(outer).strip())

    for name, plugin in sorted(Plugin.registry.items()):
        members = inspect.getmembers(plugin, inspect.isfunction)
        print(name, plugin().run("hello"), [member for member, _ in members])
    print(outer(), inspect.isgeneratorfunction(main), inspect.isclass(Echo))

    module = types.ModuleType("invented", "made at run time")
    exec("def twice(x):\n    return x * 2\nLIMIT = twice(21)", module.__dict__)
    sys.modules["invented"] = module
    import invented

    print(invented.LIMIT, invented.__doc__, sorted(n for n in dir(invented) if n[0] != "_"))
    here = sys.modules["__main__"]
    print(__name__, here.area is area, "__file__" in globals())
    print(eval("width * height", {"width": 6}, {"height": 7}))


if __name__ == "__main__":
    main()
