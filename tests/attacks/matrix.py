# SPDX-License-Identifier: Apache-2.0
"""Which attack is run with which layers off, what is expected of it, and the table of
what came of it.

Owns the order, the judgement and the printing. Must not know how an attack is run.
"""

import dataclasses

import corpus

# More than the layers: an ordinary user on a host that forbids user namespaces.
COLUMNS = [*corpus.LAYERS, "process"]
# An effect that is a race may need more than one try until it shows.
TRIES = 8
# How many attacks a broker serves in a row, so that there is work for every worker.
IN_A_ROW = 32


@dataclasses.dataclass
class Row:
    """One attack with some layers off, for one caller; and what came of it."""

    attack: corpus.Attack
    off: tuple
    kind: str  # all, single, process, weak, real, alone:LAYER
    who: str
    sole: bool = False  # SOLE.md argues that it has an effect
    effect: list = dataclasses.field(default_factory=list)
    ended: str = ""
    refused: str = ""
    skipped: str = ""
    wrong: str = ""

    @property
    def assurance(self):
        return "process" if self.kind == "process" else "namespace"

    @property
    def column(self):
        return "process" if self.kind == "process" else "+".join(self.off)

    @property
    def wants_effect(self):
        return self.sole or self.kind == "real"

    def json(self):
        left = [x for x in self.attack.stopped_by(self.who) if x not in self.off]
        return {"attack": self.attack.name, "class": self.attack.cls, "as": self.who,
                "kind": self.kind, "layer_off": self.column, "effect": self.effect,
                "sole": self.sole, "stopped_by": left or self.attack.always or "",
                "ended": self.ended}


def rows(attacks, mode, who):
    """Everything to be tried for one caller."""
    soles = corpus.soles()
    out = []
    for a in attacks:
        if mode in ("all", "every"):
            out.append(Row(a, (), "all", who))
        if mode in ("single", "process", "every") and who == "user":
            out.append(Row(a, ("user-ns",), "process", who))
        if mode in ("single", "every"):
            out += [Row(a, (layer,), "single", who) for layer in corpus.LAYERS]
        if mode in ("proof", "every") and a.weak:
            out.append(Row(a, a.weak, "weak", who))
        if mode in ("proof", "every") and a.is_real_for(who):
            stops = a.stopped_by(who)
            out.append(Row(a, stops, "real", who))
            out += [Row(a, tuple(s for s in stops if s != layer), "alone:" + layer, who)
                    for layer in stops if len(stops) > 1]
    for r in out:
        r.sole = r.kind in ("single", "process") and (r.attack.name, r.column, who) in soles
    return out


def chunks(todo):
    """Rows in the order in which a broker serves many in a row, as lists of indices:
    those that may be tried beside each other, and those that may not, because an effect
    is expected of them and could reach whatever else there is."""
    beside, alone = {}, {}
    for i, r in enumerate(todo):
        key = (r.who, r.assurance, tuple(sorted(r.off)), r.attack.is_package)
        (alone if r.wants_effect else beside).setdefault(key, []).append(i)
    cut = [some[at:at + IN_A_ROW] for _, some in sorted(beside.items())
           for at in range(0, len(some), IN_A_ROW)]
    return sorted(cut, key=len, reverse=True), [alone[key] for key in sorted(alone)]


def may_be_refused(row):
    """An engine that does not start proves nothing, but where that is the answer: an
    ordinary user has no other namespaces without a user namespace; a package may
    end its own zygote."""
    return row.attack.is_package or (row.who == "user" and "user-ns" in row.off)


def judge(row):
    """"" when it is as it should be, or what is wrong."""
    if row.refused and not may_be_refused(row):
        return "did not run at all: " + row.refused
    if row.kind == "real":
        return "" if row.effect else "has no effect with all its layers off"
    if row.sole:
        return "" if row.effect else "has no effect, so SOLE.md must not say it has one"
    return "has an effect: " + "; ".join(row.effect) if row.effect else ""


def mark(row):
    if row is None or row.skipped:
        return " "
    if row.wrong:
        return "!"
    return "S" if row.effect else "."


def table(done, who):
    """attack x layer off, for people."""
    cells = {(r.attack.name, r.column): r for r in done
             if r.who == who and r.kind in ("all", "single", "process")}
    names = sorted({name for name, _ in cells})
    columns = [c for c in ["", *COLUMNS] if any((n, c) in cells for n in names)]
    width = max(len(n) for n in names)
    lines = [f"{'as ' + who:<{width}} " + " ".join(c or "none" for c in columns)]
    for name in names:
        marks = (f"{mark(cells.get((name, c))):^{len(c or 'none')}}" for c in columns)
        lines.append(f"{name:<{width}} " + " ".join(marks).rstrip())
    return "\n".join(lines)


LEGEND = """\
A column is the one layer that was off; `process` is a host that forbids user namespaces.
.  no effect on the host, on another run or past a limit
S  an effect: that layer alone can stop it; tests/attacks/SOLE.md argues why
!  wrong: an effect that nobody argued for, or none where one is said to be"""


def summary(done, attacks, whos):
    """What people read at the end."""
    text = []
    for who in whos:
        if any(r.who == who and r.kind in ("single", "process") for r in done):
            text += [table(done, who), ""]
    text.append(LEGEND if text else "")
    for who in whos:
        mine = [r for r in done if r.who == who]
        wrong = sum(1 for r in mine if r.wrong)
        text.append(f"As {who}: {len(mine)} runs of {len(attacks)} attacks, "
                    f"{sum(1 for r in mine if r.sole)} of them sole, {wrong} wrong.")
        proved = [(layer, len({r.attack.name for r in mine
                               if r.kind == "alone:" + layer
                               or (r.kind == "real" and r.column == layer)}))
                  for layer in corpus.LAYERS]
        if any(n for _, n in proved):
            text.append("Attacks that a layer alone stops, shown by its being the only one on: "
                        + ", ".join(f"{layer} {n}" for layer, n in proved))
        text += [f"skipped: {why}" for why in sorted({r.skipped for r in mine if r.skipped})]
    return "\n".join(t for i, t in enumerate(text) if t or i)
