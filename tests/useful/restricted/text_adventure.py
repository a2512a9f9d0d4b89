# SPDX-License-Identifier: Apache-2.0
# profile: page
# Rooms and commands from a script.
ROOMS = {"hall": {"north": "kitchen", "east": "study"}, "kitchen": {"south": "hall"}, "study": {"west": "hall"}}


def play(commands):
    room, bag, things = "hall", [], {"kitchen": ["knife"], "study": ["book"]}
    for command in commands:
        match command.split():
            case ["go", way] if way in ROOMS[room]:
                room = ROOMS[room][way]
            case ["go", way]:
                yield f"no way {way}"
            case ["take", thing] if thing in things.get(room, []):
                things[room].remove(thing)
                bag.append(thing)
            case ["look"]:
                yield f"{room}: {', '.join(things.get(room, [])) or 'nothing'}"
            case _:
                yield f"what is '{command}'?"
    yield f"end in the {room} with {bag}"


print(*play(["look", "go up", "go north", "look", "take knife", "dance", "go south"]), sep="\n")
