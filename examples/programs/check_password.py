# SPDX-License-Identifier: Apache-2.0
"""Check a password by rules; sys.exit(3) if it will not do."""

import string
import sys

RULES = [
    ("at least ten characters", lambda text: len(text) >= 10),
    ("a small letter", lambda text: any(map(str.islower, text))),
    ("a capital", lambda text: any(map(str.isupper, text))),
    ("a digit", lambda text: any(map(str.isdigit, text))),
    ("a sign", lambda text: any(sign in string.punctuation for sign in text)),
    (
        "no run of three",
        lambda text: not any(a == b == c for a, b, c in zip(text, text[1:], text[2:])),
    ),
]


def failures(password):
    return [name for name, holds in RULES if not holds(password)]


def main():
    password = sys.stdin.readline().rstrip("\n")
    wrong = failures(password)
    for name, _holds in RULES:
        print(f"{'✗' if name in wrong else '✓'} {name}")
    if wrong:
        print(f"{len(wrong)} of {len(RULES)} rules are broken")
        sys.exit(3)
    print("good")
    sys.exit()


if __name__ == "__main__":
    main()
