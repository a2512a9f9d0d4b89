# SPDX-License-Identifier: Apache-2.0
# profile: page
# Caesar and Vigenere with chr and ord.
def shift(c, k):
    if not c.isalpha():
        return c
    base = ord("A") if c.isupper() else ord("a")
    return chr((ord(c) - base + k) % 26 + base)


def caesar(text, k):
    return "".join(shift(c, k) for c in text)


def vigenere(text, key, sign=1):
    ks = [ord(c) - ord("a") for c in key]
    return "".join(shift(c, sign * ks[i % len(ks)]) for i, c in enumerate(text))


secret = caesar("Hello, World!", 3)
print(secret, caesar(secret, -3))
coded = vigenere("attackatdawn", "lemon")
print(coded, vigenere(coded, "lemon", -1), chr(8364), ord("é"), [hex_digit for hex_digit in "0f"])
