# SPDX-License-Identifier: Apache-2.0
"""Guess another run's random numbers from one's own: a run before left its draw in what it
could, and a fork that kept its state would draw the same.

class: D17
effect: two processes of one run draw the same, or the generators are at their first state
profile: many
always: each cell is seeded from the kernel after it is forked, and Python seeds again in each
    fork of its own
"""
import random
import uuid

reader, writer = os.pipe()
mine = [random.random(), str(uuid.uuid4()), os.urandom(8).hex()]
if os.fork() == 0:
    os.write(writer, json.dumps([random.random(), str(uuid.uuid4()), os.urandom(8).hex()]).encode())
    os._exit(0)
theirs = json.loads(os.read(reader, 4096))
os.wait()
if set(map(str, mine)) & set(map(str, theirs)):
    gain("the same draw twice")
for seed in (0, 1, None):
    if random.Random(seed).random() == mine[0]:
        gain("a generator that was never seeded")
