# SPDX-License-Identifier: Apache-2.0
# profile: page
# Handlers that a page registers for events.
class Events:
    def __init__(self):
        self.handlers = {}

    def on(self, name):
        def register(f):
            self.handlers.setdefault(name, []).append(f)
            return f

        return register

    def fire(self, name, **data):
        return [f(**data) for f in self.handlers.get(name, [])]


page = Events()


@page.on("click")
def count(x, y):
    return x + y


@page.on("click")
@page.on("key")
def log(**data):
    return sorted(data)


print(page.fire("click", x=1, y=2), page.fire("key", code=65), page.fire("none"))
