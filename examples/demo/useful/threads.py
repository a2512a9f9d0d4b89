# SPDX-License-Identifier: Apache-2.0
# does: eight threads share a queue
# prints: 5050 from 8 threads
import queue
import threading

todo, done = queue.Queue(), []
for n in range(1, 101):
    todo.put(n)


def work():
    while True:
        try:
            done.append(todo.get_nowait())
        except queue.Empty:
            return


workers = [threading.Thread(target=work) for _ in range(8)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(sum(done), "from", len(workers), "threads")
