# SPDX-License-Identifier: Apache-2.0
"""Threads that hand work to each other through queues."""

import queue
import threading

STOP = object()


def pipeline(lines):
    """One thread reads, two count, and what they find is put together."""
    raw, counted = queue.Queue(maxsize=4), queue.Queue()

    def read():
        for line in lines:
            raw.put(line)
        for _ in range(2):
            raw.put(STOP)

    def count():
        while (line := raw.get()) is not STOP:
            counted.put((line, len(line.split())))
        counted.put(STOP)

    threads = [
        threading.Thread(target=read),
        *(threading.Thread(target=count) for _ in range(2)),
    ]
    for thread in threads:
        thread.start()
    results, ended = [], 0
    while ended < 2:
        item = counted.get(timeout=10)
        if item is STOP:
            ended += 1
        else:
            results.append(item)
    for thread in threads:
        thread.join()
    return sorted(results)


def main():
    for line, words in pipeline(["to be or not", "that is", "the", "question of the day"]):
        print(words, line)

    urgent = queue.PriorityQueue()
    for item in ((3, "sweep"), (1, "put out the fire"), (2, "call")):
        urgent.put(item)
    print([urgent.get()[1] for _ in range(3)], urgent.empty())
    stack = queue.LifoQueue(maxsize=1)
    stack.put("first")
    try:
        stack.put("second", timeout=0.01)
    except queue.Full:
        print("no room for a second")
    try:
        queue.SimpleQueue().get_nowait()
    except queue.Empty:
        print("nothing there")


if __name__ == "__main__":
    main()
