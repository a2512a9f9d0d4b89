# SPDX-License-Identifier: Apache-2.0
"""The towers of Hanoi: recursive, drawn, and counted for many discs."""


def moves(discs, source="A", target="C", spare="B"):
    """Yield (disc, from, to) for each move."""
    if discs == 0:
        return
    yield from moves(discs - 1, source, spare, target)
    yield discs, source, target
    yield from moves(discs - 1, spare, target, source)


def draw(pegs, discs):
    for level in reversed(range(discs)):
        cells = []
        for peg in pegs.values():
            size = peg[level] if level < len(peg) else 0
            cells.append(("=" * (2 * size - 1) if size else "|").center(2 * discs + 1))
        print("".join(cells).rstrip())
    print()


def main():
    discs = 3
    pegs = {"A": list(range(discs, 0, -1)), "B": [], "C": []}
    draw(pegs, discs)
    for disc, source, target in moves(discs):
        assert pegs[source].pop() == disc
        assert not pegs[target] or pegs[target][-1] > disc, "a larger disc on a smaller one"
        pegs[target].append(disc)
        print(f"disc {disc} from {source} to {target}")
        draw(pegs, discs)
    for discs in (4, 8, 12):
        print(f"{discs} discs: {sum(1 for _ in moves(discs))} moves")


if __name__ == "__main__":
    main()
