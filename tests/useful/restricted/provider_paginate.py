# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: pages of results through a generator.
DATA = list(range(1, 24))


def fetch_page(cursor, size=10):
    chunk = DATA[cursor:cursor + size]
    return {"items": chunk, "next": cursor + size if cursor + size < len(DATA) else None}


def everything():
    cursor = 0
    while cursor is not None:
        page = fetch_page(cursor)
        yield from page["items"]
        cursor = page["next"]


def batches(items, n):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == n:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


print(sum(1 for _ in everything()), list(batches(everything(), 9))[-1])
