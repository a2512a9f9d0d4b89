# SPDX-License-Identifier: Apache-2.0
# profile: page
# attrgetter and methodcaller with ordinary names.
import operator
from operator import attrgetter, methodcaller


class Pupil:
    def __init__(self, name, mark):
        self.name, self.mark = name, mark

    def shout(self, times=1):
        return self.name.upper() * times


pupils = [Pupil("bo", 3), Pupil("ann", 1), Pupil("cy", 2)]
print([p.name for p in sorted(pupils, key=attrgetter("mark"))], attrgetter("name", "mark")(pupils[0]))
print(list(map(methodcaller("shout"), pupils)), methodcaller("shout", times=2)(pupils[0]), operator.attrgetter("name.title")(pupils[1])())
print(list(map(methodcaller("replace", "a", "o"), ["banana", "cat"])))
