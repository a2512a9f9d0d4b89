# SPDX-License-Identifier: Apache-2.0
"""Work shared out to a pool of threads: map, futures as they come, errors, cancelling."""

import hashlib
import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait

TEXTS = [f"document {n}: " + "lorem ipsum " * (n * 50) for n in range(12)]


def fingerprint(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def risky(number):
    if number % 4 == 3:
        raise ArithmeticError(f"{number} cannot be done")
    return number * 10


def count_words(texts):
    """Each thread counts on its own and adds once, under a lock."""
    total, lock = {}, threading.Lock()

    def work(text):
        own = {}
        for word in text.split():
            own[word] = own.get(word, 0) + 1
        with lock:
            for word, count in own.items():
                total[word] = total.get(word, 0) + count

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, texts))
    return total


def main():
    with ThreadPoolExecutor(max_workers=4, thread_name_prefix="hasher") as pool:
        results = list(pool.map(fingerprint, TEXTS))
    print("in order:", results == [fingerprint(text) for text in TEXTS], results[0])

    with ThreadPoolExecutor(3) as pool:
        futures = {pool.submit(risky, number): number for number in range(8)}
        outcomes = {}
        for future in as_completed(futures):
            error = future.exception()
            outcomes[futures[future]] = f"error: {error}" if error else future.result()
    for number in sorted(outcomes):
        print(number, outcomes[number])

    words = count_words(TEXTS)
    print({word: words[word] for word in ("document", "lorem", "7:")})

    gate = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(gate.wait)
        queued = pool.submit(print, "this is never printed")
        print("cancelled:", queued.cancel(), "| running:", running.cancel())
        gate.set()
        done, left = wait([running, queued], return_when=FIRST_COMPLETED)
        print(len(done) >= 1, queued.cancelled(), running.result())


if __name__ == "__main__":
    main()
