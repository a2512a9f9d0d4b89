# SPDX-License-Identifier: Apache-2.0
"""Print text of many scripts, and look at what it is made of."""

import unicodedata

GREETINGS = {
    "Greek": "Καλημέρα", "Russian": "Здравствуйте", "Arabic": "مرحبا", "Hebrew": "שלום",
    "Hindi": "नमस्ते", "Chinese": "你好", "Japanese": "こんにちは", "Korean": "안녕하세요",
    "Icelandic": "Góðan daginn", "Emoji": "👋🏽🌍",
}  # fmt: skip


def display_width(text):
    """Columns on a terminal: wide characters take two, combining ones none."""
    width = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Sk"):
            continue
        width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return width


def without_accents(text):
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def main():
    for language, greeting in GREETINGS.items():
        utf8, utf16 = len(greeting.encode()), len(greeting.encode("utf-16-le"))
        print(
            f"{greeting}{' ' * (16 - display_width(greeting))}{language:10}"
            f"{len(greeting):3} points {utf8:3} bytes {utf16:3} in UTF-16"
        )

    composed, decomposed = "é", "e\N{COMBINING ACUTE ACCENT}"
    print("\nequal as they are:", composed == decomposed)
    print("equal normalized:", composed == unicodedata.normalize("NFC", decomposed))
    print("without accents:", without_accents("Crème brûlée à Ålesund"))
    print("casefold:", "STRASSE".casefold() == "straße".casefold())
    print("reversed name:", unicodedata.lookup("GREEK SMALL LETTER OMEGA"))
    for char in "A½Ⅷ٣€\u200d":
        value = unicodedata.numeric(char, None)
        name = unicodedata.name(char)
        print(
            f"U+{ord(char):04X} {unicodedata.category(char)} {name}"
            + (f" = {value:g}" if value is not None else "")
        )


if __name__ == "__main__":
    main()
