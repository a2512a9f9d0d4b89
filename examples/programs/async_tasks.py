# SPDX-License-Identifier: Apache-2.0
"""Coroutines: a queue with workers, gather, timeouts, cancelling, and a lock."""

import asyncio


async def worker(name, queue, done):
    while True:
        number = await queue.get()
        await asyncio.sleep(0)  # lets the others have their turn
        done.append((name, number, number * number))
        queue.task_done()


async def crawl():
    queue, done = asyncio.Queue(maxsize=3), []
    workers = [asyncio.create_task(worker(f"w{n}", queue, done)) for n in range(3)]
    for number in range(9):
        await queue.put(number)
    await queue.join()
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print("squares:", sorted(square for _name, _number, square in done))
    print("cancelled:", all(task.cancelled() for task in workers))


async def fetch(name, delay):
    await asyncio.sleep(delay)
    if name == "broken":
        raise ConnectionError(f"{name} did not answer")
    return name.upper()


async def ticker(count):
    for number in range(count):
        await asyncio.sleep(0)
        yield number


async def transfer(lock, account, amount):
    async with lock:
        balance = account["balance"]
        await asyncio.sleep(0)  # without the lock, another transfer would come between
        account["balance"] = balance + amount


async def main():
    await crawl()
    results = await asyncio.gather(
        fetch("one", 0.02), fetch("broken", 0.01), fetch("two", 0), return_exceptions=True
    )
    print("in order:", [r if isinstance(r, str) else f"error: {r}" for r in results])

    tasks = [asyncio.create_task(fetch(*work)) for work in (("slow", 0.2), ("quick", 0))]
    print("as they come:", [await task for task in asyncio.as_completed(tasks)])

    try:
        async with asyncio.timeout(0.01):
            await fetch("never", 30)
    except TimeoutError:
        print("gave up waiting")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fetch("broken", 0))
            group.create_task(fetch("other", 30))
    except* ConnectionError as errors:
        print("group ended:", *errors.exceptions)

    print("ticks:", [number async for number in ticker(4)])
    lock, account = asyncio.Lock(), {"balance": 0}
    await asyncio.gather(*(transfer(lock, account, n) for n in range(1, 11)))
    print("balance:", account["balance"])
    print("in a thread:", await asyncio.to_thread(sum, range(1000)))


if __name__ == "__main__":
    asyncio.run(main())
