# SPDX-License-Identifier: Apache-2.0
"""In which order to do what depends on other things: Kahn's method, and graphlib."""

from collections import deque
from graphlib import CycleError, TopologicalSorter

TASKS = {
    "roof": {"walls"}, "walls": {"foundation"}, "foundation": {"plan"},
    "windows": {"walls"}, "wiring": {"walls"}, "plaster": {"wiring", "windows"},
    "paint": {"plaster", "roof"},
    "garden": {"plan"}, "move in": {"paint", "garden"},
}  # fmt: skip
DAYS = {
    "plan": 3, "foundation": 10, "walls": 20, "roof": 7, "windows": 4, "wiring": 6,
    "plaster": 5, "paint": 3, "garden": 9, "move in": 1,
}  # fmt: skip


def order(dependencies):
    """Kahn's method; among what is possible, what comes first in the alphabet."""
    waiting = {name: set(needs) for name, needs in dependencies.items()}
    for needs in dependencies.values():
        for name in needs:
            waiting.setdefault(name, set())
    ready = deque(sorted(name for name, needs in waiting.items() if not needs))
    done = []
    while ready:
        name = ready.popleft()
        done.append(name)
        for other in sorted(waiting):
            if name in waiting[other]:
                waiting[other].remove(name)
                if not waiting[other]:
                    ready.append(other)
    if len(done) < len(waiting):
        raise ValueError(f"these wait for one another: {sorted(set(waiting) - set(done))}")
    return done


def schedule(dependencies, days):
    """When each task ends at the earliest, and the chain that takes longest."""
    end, last = {}, {}
    for name in order(dependencies):
        needs = sorted(dependencies.get(name, ()), key=lambda n: (end[n], n))
        last[name] = needs[-1] if needs else None
        end[name] = days[name] + (end[last[name]] if needs else 0)
    chain = [max(end, key=end.get)]
    while last[chain[-1]]:
        chain.append(last[chain[-1]])
    return end, chain[::-1]


def main():
    print("order:", ", ".join(order(TASKS)))
    sorter = TopologicalSorter(TASKS)
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        print("at once:", ", ".join(ready))
        sorter.done(*ready)

    end, chain = schedule(TASKS, DAYS)
    print("critical:", " > ".join(chain), f"= {max(end.values())} days")
    circle = TASKS | {"plan": {"garden"}}
    try:
        order(circle)
    except ValueError as error:
        print("refused:", error)
    try:
        tuple(TopologicalSorter(circle).static_order())
    except CycleError as error:
        print("a cycle of", len(error.args[1]) - 1)


if __name__ == "__main__":
    main()
