# SPDX-License-Identifier: Apache-2.0
"""Take the headings and links out of a page, and escape text for another."""

from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urljoin


class Outline(HTMLParser):
    """Collects (level, text) of headings and (text, address) of links."""

    def __init__(self, base):
        super().__init__()
        self.base = base
        self.headings = []
        self.links = []
        self._open = []  # (tag, attributes, text so far)

    def handle_starttag(self, tag, attrs):
        if tag in ("h1", "h2", "h3", "a"):
            self._open.append((tag, dict(attrs), []))

    def handle_data(self, data):
        for _tag, _attrs, text in self._open:
            text.append(data)

    def handle_endtag(self, tag):
        if not self._open or self._open[-1][0] != tag:
            return
        _tag, attrs, parts = self._open.pop()
        text = " ".join("".join(parts).split())
        if tag == "a":
            self.links.append((text, urljoin(self.base, attrs.get("href", ""))))
        else:
            self.headings.append((int(tag[1]), text))


def main():
    outline = Outline("https://example.org/guide/index.html")
    with open("page.html", encoding="utf-8") as file:
        for line in file:
            outline.feed(line)
    outline.close()

    for level, text in outline.headings:
        print("  " * (level - 1) + text)
    print()
    for text, address in outline.links:
        print(f"{text} -> {address}")
    print()
    print(escape('<a title="5 > 3">'), unescape("caf&eacute; &#x2615; &lt;open&gt;"))


if __name__ == "__main__":
    main()
