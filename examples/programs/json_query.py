# SPDX-License-Identifier: Apache-2.0
"""Ask questions of a JSON document: paths, filters, a check against a shape."""

import json
import math
import re
from pathlib import Path

STEP = re.compile(r"\.(\w+)|\[(\d+|\*)]")


def query(document, path):
    """All values at a path such as `.orders[*].items[0].name`."""
    found = [document]
    for name, index in STEP.findall(path):
        if name:
            found = [value[name] for value in found if name in value]
        elif index == "*":
            found = [inner for value in found for inner in value]
        else:
            found = [value[int(index)] for value in found if int(index) < len(value)]
    return found


def problems(value, shape, where="$"):
    """Where a value departs from a shape of types, lists and dictionaries."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            yield f"{where}: an object expected"
            return
        for key, inner in shape.items():
            if key not in value:
                yield f"{where}.{key}: missing"
            else:
                yield from problems(value[key], inner, f"{where}.{key}")
    elif isinstance(shape, list):
        for index, item in enumerate(value):
            yield from problems(item, shape[0], f"{where}[{index}]")
    elif not isinstance(value, shape):
        yield f"{where}: {shape.__name__} expected, {json.dumps(value)} found"


def main():
    document = json.loads(Path("orders.json").read_text(encoding="utf-8"))
    print(query(document, ".orders[*].customer.name"))
    print(query(document, ".orders[0].items[*].sku"))
    print(query(document, ".orders[*].note"))
    total = math.fsum(
        item["price"] * item["count"] for item in query(document, ".orders[*].items[*]")
    )
    print(f"{total:.2f}")

    shape = {
        "orders": [
            {
                "id": int,
                "customer": {"name": str},
                "items": [{"sku": str, "price": float, "count": int}],
            }
        ],
        "version": str,
    }
    print(*problems(document, shape), sep="\n")

    print(json.dumps({"é": [1.5, None, True], "n": 10**20}))
    try:
        json.loads('{"a": 1,}')
    except json.JSONDecodeError as error:
        print(f"line {error.lineno}: not JSON")


if __name__ == "__main__":
    main()
