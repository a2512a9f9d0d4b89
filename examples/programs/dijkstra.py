# SPDX-License-Identifier: Apache-2.0
"""Shortest ways through a road map: Dijkstra's algorithm with a heap, and A*."""

import heapq
import math

PLACES = {
    "Ash": (0, 0), "Birch": (4, 1), "Cedar": (2, 5), "Dale": (7, 4), "Elm": (9, 0),
    "Fern": (6, 8), "Isle": (20, 20),
}  # fmt: skip
ROADS = [
    ("Ash", "Birch", 5), ("Ash", "Cedar", 6), ("Birch", "Cedar", 5), ("Birch", "Dale", 4.5),
    ("Birch", "Elm", 7), ("Cedar", "Fern", 5), ("Dale", "Elm", 5), ("Dale", "Fern", 4.5),
]  # fmt: skip


def build_graph(roads):
    graph = {place: [] for place in PLACES}
    for a, b, length in roads:
        graph[a].append((b, length))
        graph[b].append((a, length))
    return graph


def search(graph, start, goal=None, estimate=lambda place: 0.0):
    """(distances, predecessors, places looked at); stops early at a goal."""
    distance, before, done = {start: 0.0}, {}, set()
    heap = [(estimate(start), start)]
    while heap:
        _, here = heapq.heappop(heap)
        if here in done:
            continue
        done.add(here)
        if here == goal:
            break
        for other, length in graph[here]:
            there = distance[here] + length
            if there < distance.get(other, math.inf):
                distance[other], before[other] = there, here
                heapq.heappush(heap, (there + estimate(other), other))
    return distance, before, len(done)


def way(before, goal):
    places = [goal]
    while places[-1] in before:
        places.append(before[places[-1]])
    return places[::-1]


def main():
    graph = build_graph(ROADS)
    distance, before, _ = search(graph, "Ash")
    for place in PLACES:
        if place in distance:
            print(f"{place:6} {distance[place]:5.1f}  {' > '.join(way(before, place))}")
        else:
            print(f"{place:6}  no way leads there")

    def as_the_crow_flies(place):
        return math.dist(PLACES[place], PLACES["Elm"])

    for name, estimate in (("Dijkstra", lambda place: 0.0), ("A*", as_the_crow_flies)):
        distance, before, seen = search(graph, "Ash", "Elm", estimate)
        places = " > ".join(way(before, "Elm"))
        print(f"{name}: {places}, {distance['Elm']:g}, {seen} places seen")


if __name__ == "__main__":
    main()
