# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: who called too often? A sliding window.
from collections import deque


class Window:
    def __init__(self, limit, seconds):
        self.limit, self.seconds = limit, seconds
        self.calls = {}

    def allow(self, who, now):
        calls = self.calls.setdefault(who, deque())
        while calls and calls[0] <= now - self.seconds:
            calls.popleft()
        if len(calls) >= self.limit:
            return False
        calls.append(now)
        return True


w = Window(2, 10)
print([w.allow("ann", t) for t in (0, 1, 2, 11, 12, 13)], w.allow("bo", 2))
