# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: nested JSON as a flat record, and back.
import json


def flatten(value, path=()):
    if isinstance(value, dict):
        for k, v in value.items():
            yield from flatten(v, (*path, k))
    elif isinstance(value, list):
        for i, v in enumerate(value):
            yield from flatten(v, (*path, str(i)))
    else:
        yield ".".join(path), value


def unflatten(flat):
    out = {}
    for key, value in flat.items():
        *parents, last = key.split(".")
        at = out
        for p in parents:
            at = at.setdefault(p, {})
        at[last] = value
    return out


data = {"user": {"name": "Ann", "tags": ["a", "b"]}, "ok": True}
flat = dict(flatten(data))
print(json.dumps(flat))
print(json.dumps(unflatten(flat)))
