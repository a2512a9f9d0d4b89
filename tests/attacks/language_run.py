#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Try every attack on the language with the whole guard, with each part of it off, and with
all of it off, and print the matrix.

    language_run.py --bin DIR [--off PART] [--fuzz N] [--seed N] [--json FILE] [--verbose]
                    [NAME...]

Wants a build with CLOCHE_ABLATION. Where any part is on, an effect is that leak() was called
with an object that is forbidden, which the cell decides (src/guard/oracle.c), or that the
interpreter crashed. With the whole guard off, language_prelude.py is leak(), and an effect
is that a file of the host was read: there the kernel alone must hold.

An effect with a part off is wrong, unless LANGUAGE_SOLE.md says, with its reason, that this
part alone can stop the attack; a row there that has no effect is wrong, too.

--off tries one column only: none, syntax, types, modules, builtins, all.

--fuzz tries N programs of language_fuzz.py, too, with the whole guard and with each part off
(those for the check of the syntax have names in their source that it refuses; where modules
are real ones, they are no objects to begin with).

Exit: 0 as it should be, 1 an effect too many or too few, 2 usage, 77 no such build.
"""

import argparse
import dataclasses
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import language  # noqa: E402
import language_fuzz  # noqa: E402

PARTS = ("syntax", "types", "modules", "builtins")
COLUMNS = ("none", *PARTS, "all")
SOLE = language.HERE / "LANGUAGE_SOLE.md"
# What programs made at random may get with a part off, for the reasons that LANGUAGE_SOLE.md
# gives for whole classes: fields of str.format walk (A5), and with the syntax unchecked the
# name __builtins__ gives what is allowed (A38), and __class__ of a class the metaclass. With
# the built-ins off, getattr and type themselves are there.
FUZZ_GETS = {"types": ("globals", "built-ins", "metaclass"),
             "syntax": ("built-ins", "metaclass"),
             "builtins": ("built-in of Python's own", "metaclass")}
WORKERS = os.cpu_count() or 1
TIMEOUT_S = 60


@dataclasses.dataclass
class Row:
    """One attack with some of the guard off."""

    name: str
    off: str  # one of COLUMNS
    profile: str
    source: bytes
    effect: str = ""
    ended: str = ""
    is_fuzz: bool = False
    is_in: bool = False  # with the whole guard off: it got what it wanted, in the cell
    wrong: str = ""


def environment(off):
    parts = PARTS if off == "all" else () if off == "none" else (off,)
    return os.environ | {"CLOCHE_ABLATE": ",".join(f"guard-{p}" for p in parts)}


def with_prelude(row, canary):
    """The attack as part of one text with the prelude, which is all that a cell of level
    restricted gets. Its bytes are kept, whatever their encoding."""
    text = language.PRELUDE.read_text(encoding="utf-8")
    given = f"import io, sys\nsys.argv = ['prelude', {str(canary.path)!r}, {canary.digest!r}, "
    given += f"'attack.py']\nATTACK = {row.source!r}\n"
    start, quotes, rest = text.partition('"""')
    doc, end, code = rest.partition('"""\n')
    code = code.replace('with open(attack, "rb") as file:\n        source = file.read()',
                        "source = ATTACK")
    return (start + quotes + doc + end + given + code).encode()


def run(cloche, row, canary):
    source = with_prelude(row, canary) if row.off == "all" else row.source
    with tempfile.NamedTemporaryFile(suffix=".py") as file:
        file.write(source)
        file.flush()
        command = [cloche, "run", "--json", "--profile", row.profile, file.name]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=TIMEOUT_S, check=False, env=environment(row.off))
    try:
        return json.loads(done.stdout)
    except ValueError:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise SystemExit(f"{row.name}: cloche gave no result: {said}") from None


def effect_of(row, result):
    """In words what was attained; "" when nothing was."""
    if row.off == "all":
        output = result["stdout"] or ""
        found = [kind for kind, used in language.leaks(output) if used == "read"]
        return f"the canary was read by a {found[0]}" if found else ""
    for denial in result["denials"]:
        if denial["what"].startswith("leak "):
            return denial["what"]
    if result["outcome"] == "crashed":
        return "the interpreter crashed: " + result["reason"]
    return ""


def soles():
    """Rows of LANGUAGE_SOLE.md: {(attack, part)}."""
    found = set()
    names = {p.stem for p in language.FOLDER.glob("*.py")}
    for line in re.findall(r"^\| `.*$", SOLE.read_text(encoding="utf-8"), re.M):
        cells = re.fullmatch(r"\| `(\w+)` \| (\w+) \| (.+) \|", line)
        if not cells or cells[1] not in names or cells[2] not in PARTS:
            raise language.Bad(f"{SOLE.name}: '{line}': want | `attack` | part | why |")
        found.add((cells[1], cells[2]))
    return found


def judge(row, allowed):
    """"" when it is as it should be, or what is wrong."""
    if row.is_fuzz and row.effect.startswith("leak "):
        kind = row.effect.removeprefix("leak ").partition(":")[0]
        return "" if kind in FUZZ_GETS.get(row.off, ()) else row.effect
    if row.effect and (row.name, row.off) not in allowed:
        return row.effect
    if not row.effect and (row.name, row.off) in allowed:
        return f"has no effect, so {SOLE.name} must not say it has one"
    return ""


def fuzz_rows(seeds, columns):
    for seed in seeds:
        for off in columns:
            text = language_fuzz.generate(seed, is_direct=off == "syntax",
                                          has_modules=off != "modules")
            yield Row(f"fuzz_{seed}", off, "provider", text.encode(), is_fuzz=True)


def table(rows):
    marks = {(r.name, r.off): "!" if r.wrong else "S" if r.effect else "." for r in rows}
    names = sorted({r.name for r in rows if not r.is_fuzz})
    if not names:
        return ""
    width = max(map(len, names))
    lines = [f"{'guard off:':<{width}} " + " ".join(COLUMNS)]
    for name in names:
        cells = (f"{marks.get((name, c), ' '):^{len(c)}}" for c in COLUMNS)
        lines.append(f"{name:<{width}} " + " ".join(cells).rstrip())
    lines += ["", ".  no effect", f"S  an effect, which {SOLE.name} argues",
              "!  not as it should be"]
    return "\n".join(lines)


def proof(rows):
    """Where the kernel alone is to hold, attacks must have got as far as to the kernel: ""
    or what is wrong. Some want files or modules that no restricted cell has."""
    mine = [r for r in rows if r.off == "all"]
    outside = [r.name for r in mine if not r.is_in]
    if len(outside) * 10 > len(mine):
        return f"with the whole guard off, {len(outside)} got nothing in the cell: {outside}"
    return ""


def summary(rows):
    lines = []
    for off in COLUMNS:
        mine = [r for r in rows if r.off == off]
        if not mine:
            continue
        ended = ", ".join(f"{n} {what}" for what, n in
                          Counter(r.ended for r in mine).most_common())
        lines.append(f"off: {off}: {len(mine)} tried, {sum(bool(r.effect) for r in mine)} with "
                     f"an effect ({ended})")
    return "\n".join(lines + [f"WRONG {r.name}, off: {r.off}: {r.wrong}"
                              for r in rows if r.wrong])


def has_switch(cloche):
    """Is this a build in which parts can be switched off?"""
    row = Row("probe", "none", "provider", b"leak_kind(1)\n")
    return run(cloche, row, None)["outcome"] == "ok"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--off", choices=COLUMNS)
    parser.add_argument("--json")
    parser.add_argument("--fuzz", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    cloche = os.path.join(args.bin, "cloche")
    os.environ.setdefault("CLOCHE_HELPER_DIR", args.bin)
    if not has_switch(cloche):
        print("skipped: a build without the ablation switch")
        return 77
    columns = [args.off] if args.off else COLUMNS
    rows = [Row(a.name, off, a.profile, a.source)
            for a in language.load(args.names) if a.fits() for off in columns]
    rows += fuzz_rows(range(args.seed, args.seed + args.fuzz),
                      [c for c in columns if c != "all"])
    if not rows:
        parser.error("no attack has such a name")
    allowed = soles()
    with language.Canary() as canary, ThreadPoolExecutor(WORKERS) as pool:
        for row, result in zip(rows, pool.map(lambda r: run(cloche, r, canary), rows)):
            row.effect, row.ended = effect_of(row, result), result["outcome"]
            row.is_in = bool(language.leaks(result["stdout"] or ""))
            row.wrong = judge(row, allowed)
            if row.wrong or args.verbose:
                print("WRONG" if row.wrong else "ok", row.name, f"off={row.off}:",
                      row.effect or row.ended, result["reason"], flush=True)
    print(table(rows))
    print(summary(rows))
    print(proof(rows), end="")
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump({"rows": [{"attack": r.name, "guard_off": r.off, "effect": r.effect,
                                 "ended": r.ended} for r in rows]}, file, indent=1)
    return 1 if any(r.wrong for r in rows) or proof(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
