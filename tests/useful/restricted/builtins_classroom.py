# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Built-in functions that courses use besides.
print(bin(10), oct(64), hex(255), ascii("é☃"))


class Thing:
    size = 3


t = Thing()
setattr(t, "color", "red")
print(getattr(t, "color"), getattr(t, "weight", "none"), hasattr(t, "size"), hasattr(t, "nope"))
for name in ("color", "size"):
    print(name, getattr(t, name))
delattr(t, "color")
print(hasattr(t, "color"), id(t) == id(t), id(t) != id(Thing()))
try:
    getattr(t, "gone")
except AttributeError as e:
    print("AttributeError:", e)
