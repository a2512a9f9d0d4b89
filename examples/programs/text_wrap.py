# SPDX-License-Identifier: Apache-2.0
"""Set a text in two justified columns, as a newspaper does."""

import textwrap
from itertools import zip_longest

TEXT = """\
The harbour was quiet when the first boats came in. Nobody on the quay had expected
them before noon, and the scales were still under their covers.

By nine the fog had lifted. Forty crates of herring stood in the shade, and the
auctioneer, who had run all the way from the church, was still out of breath when he
named the first price.

It was not accepted.
"""


def justify(line, width):
    """Widen the gaps of a line, the leftmost ones first, until it fills the width."""
    words = line.split()
    gaps = len(words) - 1
    if gaps == 0:
        return line
    spare = width - sum(map(len, words))
    each, extra = divmod(spare, gaps)
    parts = []
    for index, word in enumerate(words[:-1]):
        parts.append(word + " " * (each + (index < extra)))
    return "".join(parts) + words[-1]


def set_paragraph(paragraph, width):
    lines = textwrap.wrap(" ".join(paragraph.split()), width, initial_indent="  ")
    body = [justify(line, width) for line in lines[:-1]]
    if body and lines[0].startswith("  "):
        body[0] = "  " + justify(lines[0].strip(), width - 2)
    return body + lines[-1:]


def main():
    width = 34
    lines = [line for part in TEXT.split("\n\n") for line in set_paragraph(part, width)]
    half = (len(lines) + 1) // 2
    for left, right in zip_longest(lines[:half], lines[half:], fillvalue=""):
        print(f"{left:<{width}} | {right}".rstrip())
    print()
    print(textwrap.shorten(TEXT, 60, placeholder=" [...]"))


if __name__ == "__main__":
    main()
