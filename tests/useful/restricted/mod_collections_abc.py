# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Own containers out of the abstract ones, and questions about others.
from collections.abc import (Callable, Collection, Container, Generator, Hashable, ItemsView, Iterable,
                             Iterator, KeysView, Mapping, MappingView, MutableMapping, MutableSequence,
                             MutableSet, Reversible, Sequence, Set, Sized, ValuesView)


class Lower(MutableMapping):
    def __init__(self):
        self.items_ = {}

    def __getitem__(self, key):
        return self.items_[key.lower()]

    def __setitem__(self, key, value):
        self.items_[key.lower()] = value

    def __delitem__(self, key):
        del self.items_[key.lower()]

    def __iter__(self):
        return iter(self.items_)

    def __len__(self):
        return len(self.items_)


class Squares(Sequence):
    def __len__(self):
        return 5

    def __getitem__(self, i):
        if not 0 <= i < 5:
            raise IndexError(i)
        return i * i


low = Lower()
low["A"] = 1
low.update(B=2)
print(dict(low), "a" in low, low.pop("B"), low.get("x"), sorted(low.items()), list(Squares()), 9 in Squares(), Squares().index(16), list(reversed(Squares())))
values = ([], (), {}, set(), frozenset(), "x", 1, len, iter([]), (n for n in ()), {}.keys(), {}.values(), {}.items(), range(3))
for abstract in (Callable, Collection, Container, Generator, Hashable, ItemsView, Iterable, Iterator, KeysView,
                 Mapping, MappingView, MutableMapping, MutableSequence, MutableSet, Reversible, Sequence, Set, Sized, ValuesView):
    print(abstract.__name__, "".join(str(int(isinstance(v, abstract))) for v in values))
