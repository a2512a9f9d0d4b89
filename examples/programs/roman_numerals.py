# SPDX-License-Identifier: Apache-2.0
"""Roman numerals, both ways, strictly."""

import re

VALUES = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]  # fmt: skip
VALID = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def to_roman(number):
    if not 1 <= number <= 3999:
        raise ValueError(f"{number} has no Roman numeral")
    text = ""
    for value, sign in VALUES:
        count, number = divmod(number, value)
        text += sign * count
    return text


def from_roman(text):
    if not text or not VALID.fullmatch(text):
        raise ValueError(f"{text!r} is not a Roman numeral")
    total = 0
    rest = text
    for value, sign in VALUES:
        while rest.startswith(sign):
            total += value
            rest = rest[len(sign) :]
    return total


def main():
    for year in (1, 4, 9, 44, 1066, 1492, 1789, 1994, 2024, 3999):
        print(f"{year:>5} {to_roman(year)}")
    assert all(from_roman(to_roman(n)) == n for n in range(1, 4000))
    print("all 3999 go there and back")

    for wrong in ("IIII", "VX", "", "MMMM", "abc"):
        try:
            from_roman(wrong)
        except ValueError as error:
            print("refused:", error)
    longest = max(range(1, 4000), key=lambda n: len(to_roman(n)))
    print(f"the longest is {longest}: {to_roman(longest)}")


if __name__ == "__main__":
    main()
