# SPDX-License-Identifier: Apache-2.0
"""Turn the common part of Markdown into plain text."""

import re
import textwrap
from pathlib import Path

INLINE = [
    (re.compile(r"!\[([^]]*)]\([^)]*\)"), r"[image: \1]"),
    (re.compile(r"\[([^]]+)]\(([^)]+)\)"), r"\1 <\2>"),
    (re.compile(r"\*\*(.+?)\*\*"), lambda match: match[1].upper()),
    (re.compile(r"(?<!\w)[*_](.+?)[*_](?!\w)"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"'\1'"),
]


def plain(text):
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return text


def blocks(source):
    """The parts between blank lines; a fenced block is one part whatever it holds."""
    pieces = re.split(r"(^```.*?^```$)", source, flags=re.M | re.S)
    for piece in pieces:
        if piece.startswith("```"):
            yield piece
        else:
            yield from filter(None, re.split(r"\n\s*\n", piece.strip()))


def render(block, width=60):
    if block.startswith("```"):
        return textwrap.indent("\n".join(block.splitlines()[1:-1]), "    ")
    if heading := re.match(r"(#+)\s+(.*)", block):
        text = plain(heading[2])
        return f"{text}\n{('=' if len(heading[1]) == 1 else '-') * len(text)}"
    if re.match(r"[-*] ", block):
        items = re.split(r"^[-*] ", block, flags=re.M)[1:]
        fill = textwrap.TextWrapper(width, initial_indent=" - ", subsequent_indent="   ")
        return "\n".join(fill.fill(plain(" ".join(item.split()))) for item in items)
    if block.startswith(">"):
        quoted = " ".join(line.lstrip("> ") for line in block.splitlines())
        return textwrap.fill(
            plain(quoted), width, initial_indent="| ", subsequent_indent="| "
        )
    return textwrap.fill(plain(" ".join(block.split())), width)


def main():
    source = Path("notes.md").read_text(encoding="utf-8")
    text = "\n\n".join(render(block) for block in blocks(source)) + "\n"
    Path("notes.txt").write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
