# SPDX-License-Identifier: Apache-2.0
# profile: page
# match on sequences: the shape of commands.
def run(line):
    match line.split():
        case []:
            return "empty"
        case ["go", ("north" | "south") as direction]:
            return "walk " + direction
        case ["go", other]:
            return "cannot go " + other
        case ["drop", *things]:
            return "drop " + " and ".join(things)
        case [first, _, last]:
            return first + ".." + last
        case [*_, "please"]:
            return "polite"
        case _:
            return "what?"


for line in ("", "go north", "go up", "drop axe lamp", "a b c", "do it right now please", "one"):
    print(repr(line), "->", run(line))
match (1, (2, [3, 4])):
    case (a, (b, [c, *d])):
        print(a, b, c, d)
