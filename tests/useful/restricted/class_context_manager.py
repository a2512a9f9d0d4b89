# SPDX-License-Identifier: Apache-2.0
# profile: page
# with: own managers, several items, exceptions kept and passed on.
class Tag:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print(f"<{self.name}>")
        return self

    def __exit__(self, kind, value, trace):
        print(f"</{self.name}>", kind.__name__ if kind else "fine")
        return self.swallow


with Tag("html"), Tag("body") as body:
    print("in", body.name)
with (
    Tag("a", swallow=True) as a,
    Tag("b") as b,
):
    raise ValueError("lost")
try:
    with Tag("p"):
        1 / 0
except ZeroDivisionError as e:
    print("out:", e)
