# SPDX-License-Identifier: Apache-2.0
# profile: page
# Classes as values, class attributes that are shared, methods as values.
class Plugin:
    registry = {}

    def __init__(self, name):
        self.name = name
        self.registry[name] = self

    def __call__(self, text):
        return f"{self.name}({text})"


class Upper(Plugin):
    def __call__(self, text):
        return text.upper()


Plugin("echo")
Upper("upper")
for name, plugin in sorted(Plugin.registry.items()):
    print(name, plugin("hi"), type(plugin).__name__)
print([cls.__name__ for cls in (Plugin, Upper)])
kinds = {"list": list, "set": set, "tuple": tuple}
print({k: make("aab") if k != "set" else sorted(make("aab")) for k, make in kinds.items()})
