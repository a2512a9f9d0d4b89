# SPDX-License-Identifier: Apache-2.0
"""Threads that wait for each other: a condition, a barrier, a semaphore, a timer."""

import threading


class Channel:
    """A place for one value: put waits until it is empty, take until it is full."""

    def __init__(self):
        self._changed, self._values = threading.Condition(), []

    def put(self, value):
        with self._changed:
            self._changed.wait_for(lambda: not self._values)
            self._values.append(value)
            self._changed.notify_all()

    def take(self):
        with self._changed:
            self._changed.wait_for(lambda: self._values)
            self._changed.notify_all()
            return self._values.pop()


def ping_pong(rounds):
    there, back, heard = Channel(), Channel(), []

    def answer():
        for _ in range(rounds):
            heard.append(there.take())
            back.put("pong")

    thread = threading.Thread(target=answer)
    thread.start()
    for number in range(rounds):
        there.put(f"ping {number}")
        heard.append(back.take())
    thread.join()
    return heard


def most_inside(visitors, room):
    """Let that many threads start at once; how many were in a room for `room` together."""
    barrier, door = threading.Barrier(visitors), threading.Semaphore(room)
    lock, own = threading.Lock(), threading.local()
    inside, most, names = 0, 0, []

    def visit(name):
        nonlocal inside, most
        own.name = name
        barrier.wait(timeout=10)
        with door:
            with lock:
                inside += 1
                most = max(most, inside)
                names.append(own.name)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=visit, args=(f"v{n}",)) for n in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return most, sorted(names)


def main():
    print(ping_pong(2))
    most, names = most_inside(visitors=5, room=2)
    print("never more than two:", most <= 2, "| all were there:", names)
    timer = threading.Timer(0.01, print, ["the timer rang"])
    timer.start()
    timer.join()


if __name__ == "__main__":
    main()
