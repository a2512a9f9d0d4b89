# SPDX-License-Identifier: Apache-2.0
"""Text put together, taken apart, formatted."""


def main():
    total = 0
    for turn in range(60):
        words = [f"{i:>6}|{i * 0.5:.2f}|{i!r:<8}" for i in range(2000)]
        text = "\n".join(words)
        for line in text.splitlines():
            left, middle, right = line.split("|")
            total += len(left.strip()) + len(middle) + len(right.rstrip().upper())
        grown = ""
        for word in words[:500]:
            grown += word.replace("|", "-") + " "
        total += grown.count("-") + grown.find("499")
        total += len("%s and %d" % (words[0], total))
    return total
