# SPDX-License-Identifier: Apache-2.0
# profile: page
# Subclasses of built-in types.
class Counts(dict):
    def __missing__(self, key):
        return 0

    def most(self):
        return max(self, key=self.get)


class Path(str):
    def parent(self):
        return Path(self.rpartition("/")[0])


class Roll(list):
    def average(self):
        return sum(self) / len(self)


class Even(int):
    def next(self):
        return Even(self + 2)


c = Counts()
for letter in "abracadabra":
    c[letter] += 1
print(c, c.most(), c["z"])
print(Path("/home/ann/x").parent().parent(), Roll([1, 2, 6]).average(), Even(4).next())
print(isinstance(c, dict), type(c) is dict, type(Even(2)).__name__)
