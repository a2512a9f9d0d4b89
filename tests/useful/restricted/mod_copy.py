# SPDX-License-Identifier: Apache-2.0
# profile: page
# Shallow and deep copies.
import copy

original = {"list": [1, [2, 3]], "set": {4}, "tuple": (5, [6])}
shallow = copy.copy(original)
deep = copy.deepcopy(original)
original["list"][1].append(99)
original["new"] = True
print(shallow, deep, sep="\n")
loop = [1]
loop.append(loop)
twin = copy.deepcopy(loop)
print(twin[1] is twin, twin is not loop, issubclass(copy.Error, Exception))


class Box:
    def __init__(self, things):
        self.things = things

    def __copy__(self):
        return Box(self.things)

    def __deepcopy__(self, memo):
        return Box(copy.deepcopy(self.things, memo))


b = Box([[1]])
c, d = copy.copy(b), copy.deepcopy(b)
b.things[0].append(2)
print(c.things, d.things, copy.copy([1]) == [1], copy.copy((1, 2)), copy.deepcopy("text"))
