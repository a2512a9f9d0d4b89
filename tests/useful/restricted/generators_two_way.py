# SPDX-License-Identifier: Apache-2.0
# profile: page
# send, throw, close, and a generator's return value.
def averager():
    total = count = 0
    average = None
    while True:
        try:
            value = yield average
        except ValueError as e:
            print("ignored:", e)
            continue
        if value is None:
            return count, average
        total += value
        count += 1
        average = total / count


def collect(results):
    while True:
        count, average = yield from averager()
        results.append((count, average))


avg = averager()
next(avg)
print(avg.send(10), avg.send(20), avg.throw(ValueError("bad")), avg.send(40))
avg.close()
results = []
outer = collect(results)
next(outer)
for v in (1, 2, 3, None, 100, None):
    outer.send(v)
print(results)


def tidy():
    try:
        yield 1
    finally:
        print("closed")


t = tidy()
next(t)
t.close()
