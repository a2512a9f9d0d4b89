# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: is this JSON what we expect?
import json

SCHEMA = {"name": str, "age": int, "tags": [str], "address": {"city": str, "zip": str}}


def problems(value, schema, at="$"):
    if isinstance(schema, dict):
        if not isinstance(value, dict):
            yield f"{at}: object expected"
            return
        for key, sub in schema.items():
            if key not in value:
                yield f"{at}.{key}: missing"
            else:
                yield from problems(value[key], sub, f"{at}.{key}")
        for key in sorted(value.keys() - schema.keys()):
            yield f"{at}.{key}: unknown"
    elif isinstance(schema, list):
        for i, item in enumerate(value):
            yield from problems(item, schema[0], f"{at}[{i}]")
    elif not isinstance(value, schema):
        yield f"{at}: {schema.__name__} expected, {type(value).__name__} found"


good = json.loads('{"name": "A", "age": 3, "tags": [], "address": {"city": "X", "zip": "1"}}')
bad = json.loads('{"name": 5, "tags": ["x", 1], "address": {"city": "X"}, "extra": 0}')
print(list(problems(good, SCHEMA)))
print(*problems(bad, SCHEMA), sep="\n")
