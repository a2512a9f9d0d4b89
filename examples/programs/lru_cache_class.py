# SPDX-License-Identifier: Apache-2.0
"""Two caches of one's own: least recently used, and with a time to live."""

from collections import OrderedDict
from collections.abc import MutableMapping


class LruCache(MutableMapping):
    """Keeps the `size` entries that were used last."""

    def __init__(self, size):
        self.size = size
        self.hits = self.misses = 0
        self._entries = OrderedDict()

    def __getitem__(self, key):
        try:
            self._entries.move_to_end(key)
        except KeyError:
            self.misses += 1
            raise
        self.hits += 1
        return self._entries[key]

    def __setitem__(self, key, value):
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self.size:
            self._entries.popitem(last=False)

    def __delitem__(self, key):
        del self._entries[key]

    def __iter__(self):
        return iter(self._entries)

    def __len__(self):
        return len(self._entries)


class ExpiringCache:
    """Entries that are too old are as if they had never been there."""

    def __init__(self, seconds, clock):
        self.seconds, self.clock = seconds, clock
        self._entries = {}

    def put(self, key, value):
        self._entries[key] = (self.clock() + self.seconds, value)

    def get(self, key, default=None):
        expires, value = self._entries.get(key, (0, default))
        if expires <= self.clock():
            self._entries.pop(key, None)
            return default
        return value


def main():
    cache = LruCache(3)
    for letter in "abcadbea":
        if letter not in cache:
            cache[letter] = letter.upper()
        print(letter, "->", "".join(cache))
    print(f"{cache.hits} hits, {cache.misses} misses")
    print(cache.pop("a"), cache.get("zzz", "nothing"), dict(cache), len(cache))
    cache.update(x=1, y=2, z=3)
    print(sorted(cache), [cache[key] for key in "xyz"])

    now = 100
    sessions = ExpiringCache(30, clock=lambda: now)
    sessions.put("ana", "green")
    now += 29
    print(sessions.get("ana"), end=", ")
    now += 1
    print(sessions.get("ana", "gone"))


if __name__ == "__main__":
    main()
