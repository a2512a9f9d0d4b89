# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Heaps, and Dijkstra with one.
import heapq

h = [5, 1, 4]
heapq.heapify(h)
heapq.heappush(h, 0)
print(heapq.heappop(h), heapq.heappushpop(h, 3), heapq.heapreplace(h, 9), sorted(h))
print(heapq.nlargest(2, [3, 9, 4]), heapq.nsmallest(2, "hello", key=ord), list(heapq.merge([1, 4], [2, 3], [0])))
graph = {"a": {"b": 7, "c": 3}, "b": {"d": 2}, "c": {"b": 1, "d": 8}, "d": {}}


def shortest(start):
    best, queue = {}, [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node not in best:
            best[node] = cost
            for near, step in graph[node].items():
                heapq.heappush(queue, (cost + step, near))
    return best


print(shortest("a"))
