# SPDX-License-Identifier: Apache-2.0
# profile: page
# defaultdict, deque, OrderedDict, ChainMap, named tuples, and the User classes.
from collections import ChainMap, OrderedDict, UserDict, UserList, UserString, defaultdict, deque, namedtuple

groups = defaultdict(list)
for word in "apple avocado banana blueberry cherry".split():
    groups[word[0]].append(word)
print(dict(groups), groups.default_factory is list, defaultdict(int, a=1))
d = deque([1, 2, 3], maxlen=4)
d.append(4)
d.appendleft(0)
d.rotate(1)
d.extend([8])
d.extendleft([9])
print(d, d.pop(), d.popleft(), d.maxlen, d.count(1), d.index(1), d.copy() == d)
d.insert(1, 5)
d.remove(5)
d.reverse()
print(list(d), d[0])
d.clear()
o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a")
print(list(o), o.popitem(last=False), list(reversed(o)), o == OrderedDict(c=3, a=1))
chain = ChainMap({"x": 1}, {"x": 10, "y": 20})
chain["z"] = 3
print(chain["x"], chain["y"], chain.maps, chain.new_child({"y": 0})["y"], chain.parents["x"], sorted(chain))
Point = namedtuple("Point", ["x", "y"], defaults=[0])
p = Point(3)
print(p, p.x, p[1], p._replace(y=9), p._asdict(), Point._fields, Point._make([7, 8]), p == (3, 0))


class Lower(UserDict):
    def __setitem__(self, key, value):
        self.data[key.lower()] = value


low = Lower(A=1)
low["B"] = 2
stack = UserList([1, 2])
stack.append(3)
print(low, "a" in low, stack, stack.data, UserString("abc").upper(), len(UserString("abcd")))
