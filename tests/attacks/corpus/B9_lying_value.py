# SPDX-License-Identifier: Apache-2.0
"""A value that lies about its type, length and text, and calls back when it is looked at.

class: B9
effect: the broker crashes, grows or waits
profile: brief
always: what is exactly of a plain type crosses by its storage; the rest as bounded text
"""
class Text(str):
    def __len__(self):
        return 1 << 60

    def __str__(self):
        return self

    def encode(self, *_):
        return b"x" * (1 << 40)


class Map(dict):
    def items(self):
        while True:
            yield Text("x"), Map()

    def __repr__(self):
        return "x" * (1 << 22)


value = {"a": [Text("x"), Map(), type("int", (int,), {})(7)], Text("k"): float("nan")}
value
