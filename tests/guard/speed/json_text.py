# SPDX-License-Identifier: Apache-2.0
"""JSON, written and read."""
import json


def main():
    rows = [{"id": i, "name": f"name {i}", "tags": ["a", "b", str(i)], "price": i * 1.25,
             "is_new": i % 2 == 0, "more": {"none": None, "list": list(range(5))}}
            for i in range(300)]
    size = 0
    for turn in range(40):
        text = json.dumps(rows)
        rows = json.loads(text)
        size = len(text)
        short = json.dumps(rows[:5], indent=1, sort_keys=True)
    return size, len(short)
