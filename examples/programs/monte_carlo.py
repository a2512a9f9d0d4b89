# SPDX-License-Identifier: Apache-2.0
"""Chance with a fixed seed: pi by darts, the birthday paradox, a random walk."""

import math
import random
from collections import Counter


def estimate_pi(rng, darts):
    inside = sum(rng.random() ** 2 + rng.random() ** 2 < 1 for _ in range(darts))
    return 4 * inside / darts


def shared_birthday(rng, people):
    days = [rng.randrange(365) for _ in range(people)]
    return len(set(days)) < people


def monty_hall(rng, switch):
    prize, choice = rng.randrange(3), rng.randrange(3)
    opened = next(door for door in range(3) if door not in (prize, choice))
    if switch:
        choice = 3 - choice - opened
    return choice == prize


def share(trials, experiment, *arguments):
    return sum(experiment(*arguments) for _ in range(trials)) / trials


def main():
    rng = random.Random(20240229)
    for darts in (100, 1_000, 10_000, 50_000):
        value = estimate_pi(rng, darts)
        off = abs(value - math.pi)
        print(f"{darts:>6} darts: pi is about {value:.4f}, off by {off:.4f}")

    for people in (10, 23, 40):
        shared = share(4000, shared_birthday, rng, people)
        print(f"{people} people share a birthday in {shared:.1%}")
    print(
        f"doors: staying wins {share(5000, monty_hall, rng, False):.1%}, "
        f"switching {share(5000, monty_hall, rng, True):.1%}"
    )

    ends = Counter(sum(rng.choice((-1, 1)) for _ in range(12)) for _ in range(3000))
    print("where 3000 walks of 12 steps end:")
    for place in range(-12, 13, 2):
        print(f"{place:>4} {'*' * (ends[place] // 12)}")

    deck = [rank + suit for suit in "CDHS" for rank in "23456789TJQKA"]
    rng.shuffle(deck)
    print("a hand:", *sorted(deck[:5]), "| drawn:", *rng.sample(range(1, 50), 6))
    print("weighted:", Counter(rng.choices("abc", weights=[5, 3, 2], k=1000)).most_common())


if __name__ == "__main__":
    main()
