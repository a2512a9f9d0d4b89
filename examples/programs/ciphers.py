# SPDX-License-Identifier: Apache-2.0
"""Caesar's and Vigenère's ciphers, and how the first is broken without its key."""

from itertools import cycle
from string import ascii_lowercase, ascii_uppercase

# How often each letter stands in English text, in per cent.
ENGLISH = dict(zip(
    ascii_lowercase,
    [8.2, 1.5, 2.8, 4.3, 12.7, 2.2, 2.0, 6.1, 7.0, 0.2, 0.8, 4.0, 2.4,
     6.7, 7.5, 1.9, 0.1, 6.0, 6.3, 9.1, 2.8, 1.0, 2.4, 0.2, 2.0, 0.1],
))  # fmt: skip


def shift(letter, by):
    for alphabet in (ascii_lowercase, ascii_uppercase):
        if letter in alphabet:
            return alphabet[(alphabet.index(letter) + by) % 26]
    return letter


def caesar(text, key):
    return "".join(shift(letter, key) for letter in text)


def vigenere(text, key, sign=1):
    """Shift each letter by the next one of the key; what is no letter uses none up."""
    keys = cycle(ascii_lowercase.index(letter) for letter in key)
    return "".join(shift(c, sign * next(keys)) if c.isalpha() else c for c in text)


def strangeness(text):
    """How far the letters are from English, by the chi-squared statistic."""
    letters = [letter for letter in text.lower() if letter in ENGLISH]
    total = 0.0
    for letter, per_cent in ENGLISH.items():
        expected = len(letters) * per_cent / 100
        total += (letters.count(letter) - expected) ** 2 / expected
    return total


def break_caesar(secret):
    return min(range(26), key=lambda key: strangeness(caesar(secret, -key)))


def main():
    message = "Meet me under the old clock at half past seven; come alone."
    secret = caesar(message, 11)
    print("Caesar:  ", secret)
    key = break_caesar(secret)
    print("broken:  ", caesar(secret, -key), f"(key {key})")

    hidden = vigenere(message, "lantern")
    print("Vigenère:", hidden)
    print("opened:  ", vigenere(hidden, "lantern", -1))
    assert vigenere(hidden, "lantern", -1) == message


if __name__ == "__main__":
    main()
