# SPDX-License-Identifier: Apache-2.0
"""Guess a number: a game that asks until it is told, by input()."""

import random


def ask(prompt, low, high):
    """A number from the player, asked for again until it is one."""
    while True:
        answer = input(prompt).strip()
        try:
            number = int(answer)
        except ValueError:
            print(f"{answer!r} is not a number.")
            continue
        if low <= number <= high:
            return number
        print(f"It is from {low} to {high}.")


def play(rng, high=100):
    secret = rng.randint(1, high)
    guesses = 0
    while True:
        guess = ask(f"Your guess (1-{high}): ", 1, high)
        guesses += 1
        if guess == secret:
            print(f"Right, after {guesses} guesses.")
            return guesses
        print("Too small." if guess < secret else "Too large.")


def main():
    rng = random.Random(11)
    print("What is your name?")
    name = input() or "stranger"
    best = None
    try:
        while True:
            guesses = play(rng)
            best = min(guesses, best or guesses)
            if input("Again? ").strip().lower() not in ("y", "yes"):
                break
    except EOFError:
        print("\nNobody is there any more.")
    print(f"Goodbye, {name}." + (f" Your best: {best}." if best else ""))


if __name__ == "__main__":
    main()
