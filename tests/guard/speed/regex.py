# SPDX-License-Identifier: Apache-2.0
"""Patterns over a text: find, split, replace with a function."""
import re


def main():
    text = " ".join(f"user{i}@host{i % 9}.example, 20{i % 30:02d}-0{i % 9 + 1}-1{i % 9}; word"
                    for i in range(400))
    mail = re.compile(r"(\w+)@([\w.]+)")
    date = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
    total = 0
    for turn in range(60):
        total += len(mail.findall(text))
        swapped = date.sub(lambda m: f"{m.group(3)}.{m.group(2)}.{m.group(1)}", text)
        total += len(re.split(r"[;,]\s*", swapped))
        total += sum(m.end() - m.start() for m in re.finditer(r"\bword\b", text))
    return total
