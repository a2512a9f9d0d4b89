# SPDX-License-Identifier: Apache-2.0
"""Count the words of a text on standard input, as `wc` and a bit more."""

import re
import sys
from collections import Counter

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def main():
    text = sys.stdin.read()
    words = [word.casefold() for word in WORD.findall(text)]
    counts = Counter(words)

    print(f"{text.count(chr(10))} lines, {len(words)} words, {len(text)} characters")
    average = sum(map(len, words)) / len(words)
    print(f"{len(counts)} different words, on average {average:.2f} letters long")
    print()
    # Equal counts are ordered by the word, so that the list is always the same.
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:8]:
        print(f"{count:4}  {word}")

    by_length = Counter(map(len, words))
    print()
    for length in sorted(by_length):
        print(f"{length:2} letters: {'*' * by_length[length]}")


if __name__ == "__main__":
    main()
