# SPDX-License-Identifier: Apache-2.0
# profile: page
# match on built-in types.
def kind(x):
    match x:
        case bool():
            return "bool"
        case int(n):
            return f"int {n}"
        case float() | complex():
            return "number"
        case str(s) if s:
            return "str " + s
        case str():
            return "empty str"
        case [int(), int()] as pair:
            return f"pair {pair}"
        case list() | tuple():
            return f"sequence of {len(x)}"
        case {"n": int(n)}:
            return f"mapping {n}"
        case dict():
            return "mapping"
        case bytes(b):
            return f"bytes {len(b)}"
        case _:
            return "?"


for x in (True, 5, 2.5, 1j, "hi", "", [1, 2], (1, 2, 3), {"n": 3}, {}, b"xy", None):
    print(kind(x))
