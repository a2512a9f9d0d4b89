# SPDX-License-Identifier: Apache-2.0
# profile: page
# JSON with own types: default, object_hook, own encoders.
import json
from datetime import date


class Temperature:
    def __init__(self, c):
        self.c = c


def encode(x):
    if isinstance(x, Temperature):
        return {"celsius": x.c}
    if isinstance(x, (set, frozenset)):
        return sorted(x)
    if isinstance(x, date):
        return x.isoformat()
    raise TypeError("no JSON for " + type(x).__name__)


def decode(d):
    return Temperature(d["celsius"]) if "celsius" in d else d


text = json.dumps({"t": Temperature(21), "s": {3, 1}, "d": date(2024, 1, 2)}, default=encode)
print(text, json.loads(text, object_hook=decode)["t"].c)
print(json.loads('{"b": 1, "a": 2, "b": 3}', object_pairs_hook=list), json.loads("[1.10, 7, NaN]", parse_float=str, parse_int=float, parse_constant=repr))


class Encoder(json.JSONEncoder):
    def default(self, o):
        return encode(o)


print(json.dumps([Temperature(1)], cls=Encoder), Encoder(indent=1).encode({"s": {1}}), "".join(Encoder().iterencode([{2}])))
decoder = json.JSONDecoder(object_hook=decode)
print(decoder.decode('{"celsius": 5}').c, decoder.raw_decode("[1] rest"))
