# SPDX-License-Identifier: Apache-2.0
"""Sorting with keys, and searching."""
import bisect
import heapq
import operator
import random


def main():
    source = random.Random(5)
    rows = [{"name": f"n{source.randrange(10000)}", "age": source.randrange(90)}
            for i in range(8000)]
    total = 0
    for turn in range(14):
        by_age = sorted(rows, key=lambda row: (row["age"], row["name"]))
        by_name = sorted(rows, key=operator.itemgetter("name"), reverse=True)
        total += by_age[0]["age"] + len(by_name)
        ages = [row["age"] for row in by_age]
        total += sum(bisect.bisect(ages, i % 90) for i in range(5000))
        heap = []
        for row in rows[:4000]:
            heapq.heappush(heap, (row["age"], row["name"]))
        while heap:
            total += heapq.heappop(heap)[0]
    return total
