# SPDX-License-Identifier: Apache-2.0
# profile: page
# Attributes that are made when asked for, and watched when set.
class Config:
    def __init__(self, **values):
        self.values = values

    def __getattr__(self, name):
        if name in ("values",):
            raise AttributeError(name)
        return self.values.get(name, f"<no {name}>")


class Proxy:
    def __init__(self, target):
        self.target = target
        self.log = []

    def __getattr__(self, name):
        self.log.append(name)
        return getattr_of(self.target, name)


def getattr_of(target, name):
    return {"upper": target.upper, "title": target.title}[name]


c = Config(color="red")
p = Proxy("some text")
print(c.color, c.size, p.upper(), p.title(), p.log)
