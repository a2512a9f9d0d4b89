# SPDX-License-Identifier: Apache-2.0
"""Numbers as text, without a locale: the format language in use."""

import math

UNITS = ["B", "KiB", "MiB", "GiB", "TiB"]


def size(count):
    """A number of bytes as people say it."""
    power = min(len(UNITS) - 1, (max(count, 1).bit_length() - 1) // 10)
    return f"{count / 1024**power:.{1 if power else 0}f} {UNITS[power]}"


def grouped(number, separator="\u202f", point=","):
    """As much of Europe writes it: thin spaces between groups, a decimal comma."""
    text = f"{number:,.2f}"
    return text.replace(",", "\0").replace(".", point).replace("\0", separator)


def engineering(value):
    """With an exponent that is a multiple of three."""
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)) / 3) * 3
    return f"{value / 10**exponent:.3g}e{exponent}"


def ordinal(n):
    if n % 100 in (11, 12, 13):
        return f"{n}th"
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th') }"


def main():
    value = 1234567.891
    for spec in ("", ".2f", ",.1f", "_.0f", "e", ".3g", ">+16.2f", "*^20,.2f", "016.3f"):
        print(f"{spec:>9} |{value:{spec}}|")
    number = 48879
    for spec in ("d", "b", "o", "x", "#X", "#010x", "_b", "c", "n"):
        print(f"{spec:>9} |{number:{spec}}|")
    print("sizes:", *(size(2**n - 1) for n in (3, 10, 15, 25, 38)), sep=" | ")
    print("grouped:", grouped(9876543.215), grouped(-0.5))
    print("engineering:", *(engineering(v) for v in (0.000047, 1, 96500, 6.02e23)))
    print("ordinals:", *map(ordinal, (1, 2, 3, 4, 11, 12, 21, 102, 113)))
    print("per cent:", f"{0.1234:.1%}", f"{1:.0%}", "| repr:", 0.1, 1e16, -0.0)
    print("edges:", math.inf, -math.inf, math.nan, f"{math.nan:6}|", float("1_000.5"))
    print("classic: %5.2f|%-6s|%+d|%x" % (math.pi, "ab", 5, 255))
    print("aligned:", f"{'left':<8}|{'mid':^8}|{'right':>8}|{'cut off':.3}|")


if __name__ == "__main__":
    main()
