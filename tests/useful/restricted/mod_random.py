# SPDX-License-Identifier: Apache-2.0
# profile: page
# Random numbers from a seed: the same in every run.
import random

random.seed(2024)
print(random.random() < 1, random.randint(1, 6) in range(1, 7), random.choice("abc") in "abc", random.randrange(0, 100, 10) % 10)
first = [random.random() for _ in range(3)]
random.seed(2024)
random.random(), random.randint(1, 6), random.choice("abc"), random.randrange(0, 100, 10)
print(first == [random.random() for _ in range(3)])
deck = list(range(10))
random.shuffle(deck)
print(sorted(deck) == list(range(10)), len(random.sample(range(100), 5)), len(random.choices("ab", weights=[1, 3], k=4)))
draws = [random.uniform(1, 2), random.triangular(0, 1, 0.5), random.betavariate(1, 2), random.expovariate(1.5),
         random.gammavariate(1, 2), random.gauss(0, 1), random.lognormvariate(0, 1), random.normalvariate(0, 1),
         random.vonmisesvariate(0, 4), random.paretovariate(3), random.weibullvariate(1, 2)]
print(all(isinstance(d, float) for d in draws), random.getrandbits(8) < 256, len(random.randbytes(4)))
state = random.getstate()
x = random.random()
random.setstate(state)
print(x == random.random())
mine = random.Random(7)
print([mine.randint(1, 6) for _ in range(8)], mine.choice(["red", "blue"]), mine.sample(range(50), 3), round(mine.gauss(10, 2), 3))
print(0 <= random.SystemRandom().random() < 1)
