# SPDX-License-Identifier: Apache-2.0
# profile: page
# JSON there and back.
import json

data = {"name": "Ann", "tags": ["a", "b"], "n": 1.5, "ok": True, "none": None, "nested": {"é": [1, {"x": []}]}}
text = json.dumps(data)
print(text)
print(json.loads(text) == data, json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
print(json.dumps(data, indent=2))
print(json.loads('[1, 2.5, "x", true, null, {"k": -1e3}]'), json.loads(b'"bytes"'), json.dumps("a\"\n\u2603"))
for bad in ("{", "nope", '{"a" 1}'):
    try:
        json.loads(bad)
    except json.JSONDecodeError as e:
        print(e.msg, e.pos, e.lineno, e.colno)
try:
    json.dumps({1, 2})
except TypeError as e:
    print(e)
print(json.dumps({1: "int", None: "none", True: 0}), json.dumps((1, 2)), json.dumps(float("inf")), json.dumps({(1, 2): 3}, skipkeys=True))
