# SPDX-License-Identifier: Apache-2.0
# profile: page
# match on mappings, as with decoded JSON.
def handle(event):
    match event:
        case {"type": "click", "at": [x, y]}:
            return f"click {x},{y}"
        case {"type": "key", "key": ("Enter" | "Return")}:
            return "enter"
        case {"type": "key", "key": key, **rest}:
            return f"key {key} {sorted(rest)}"
        case {}:
            return "unknown"
        case [*events]:
            return [handle(e) for e in events]


print(handle({"type": "click", "at": [3, 4], "extra": 1}))
print(handle([{"type": "key", "key": "Enter"}, {"type": "key", "key": "a", "shift": True}, {"x": 1}]))


class Color:
    RED = 1
    GREEN = 2


for c in (1, 2, 3):
    match c:
        case Color.RED:
            print("red")
        case Color.GREEN:
            print("green")
        case _:
            print("neither")
