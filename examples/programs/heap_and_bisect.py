# SPDX-License-Identifier: Apache-2.0
"""Ordered data without a tree: bisect for look-ups, heapq for what comes next."""

import heapq
from bisect import bisect_left, bisect_right, insort
from itertools import count
from operator import itemgetter


def grade(score, limits=(60, 70, 80, 90), grades="FDCBA"):
    return grades[bisect_right(limits, score)]


class Median:
    """The median of a growing list, from two heaps that meet in the middle."""

    def __init__(self):
        self._low, self._high = [], []

    def add(self, value):
        heapq.heappush(self._low, -heapq.heappushpop(self._high, value))
        if len(self._low) > len(self._high):
            heapq.heappush(self._high, -heapq.heappop(self._low))

    def value(self):
        if len(self._high) > len(self._low):
            return self._high[0]
        return (self._high[0] - self._low[0]) / 2


class Tasks:
    """The most urgent first, and the oldest of those that are equally urgent."""

    def __init__(self):
        self._heap, self._age = [], count()

    def add(self, urgency, name):
        heapq.heappush(self._heap, (-urgency, next(self._age), name))

    def __iter__(self):
        while self._heap:
            yield heapq.heappop(self._heap)[2]


def main():
    print("grades:", "".join(grade(score) for score in (33, 60, 69, 75, 89, 90, 100)))
    times = []
    for time in (930, 815, 1200, 945, 815):
        insort(times, time)
    start, end = bisect_left(times, 900), bisect_left(times, 1000)
    print("sorted:", times, "| from 9 to 10:", times[start:end])
    people = [("Ana", 31), ("Bo", 45), ("Cy", 45), ("Di", 52)]
    print("older than 45:", people[bisect_right(people, 45, key=itemgetter(1)) :])

    median = Median()
    for value in (5, 15, 1, 3, 8):
        median.add(value)
        print(f"median with {value}: {median.value():g}")

    tasks = Tasks()
    for urgency, name in ((1, "sweep"), (9, "fire"), (5, "call"), (9, "flood")):
        tasks.add(urgency, name)
    print("to do:", *tasks)
    logs = [[(1, "a"), (4, "a")], [(2, "b"), (3, "b"), (9, "b")], []]
    print("merged:", *(f"{time}{name}" for time, name in heapq.merge(*logs)))
    print("best:", heapq.nlargest(2, people, key=itemgetter(1)), heapq.nsmallest(2, times))


if __name__ == "__main__":
    main()
