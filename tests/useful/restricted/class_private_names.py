# SPDX-License-Identifier: Apache-2.0
# profile: page
# Single underscores are a habit, not a lock.
class Stack:
    def __init__(self):
        self._items = []

    def push(self, x):
        self._items.append(x)
        return self

    def pop(self):
        return self._items.pop()

    def _peek(self):
        return self._items[-1]

    def __len__(self):
        return len(self._items)


_secret = 42
s = Stack().push(1).push(2)
print(s._peek(), s.pop(), len(s), _secret, s._items)
for _ in range(2):
    print("again")
