# SPDX-License-Identifier: Apache-2.0
# profile: page
# Counter: the words of a text.
from collections import Counter

c = Counter("the cat and the dog and the bird".split())
print(c.most_common(2), c["cat"], c["fish"], c.total(), sorted(c.elements())[:4])
c.update(["cat", "cat"])
c.subtract({"dog": 3})
print(c["cat"], c["dog"], +c == c, (-c)["dog"], Counter(a=3, b=1) + Counter(a=1), Counter(a=3) - Counter(a=1, b=2))
print(Counter(a=3, b=1) & Counter(a=1, b=5), Counter(a=3) | Counter(b=2), Counter("aab") == Counter(a=2, b=1))
del c["dog"]
print(sorted(c.items()), c.copy() == c)
