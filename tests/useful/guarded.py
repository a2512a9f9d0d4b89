# SPDX-License-Identifier: Apache-2.0
"""The programs of restricted/: reading them, and running them bare or in a cell.

Owns the grammar of their first lines:

    # profile: page | classroom | provider     the narrowest profile it is for
    # since: 3.12                              where an older Python cannot parse it
    # refused: WHY                             the guard refuses it, and must

Beside NAME.py lies NAME.out, what plain Python prints, and for programs that read,
NAME.in.  Files named guarded_* need what the guard has to give in a form of its own;
match_class_* need patterns that read attributes.
"""

import dataclasses
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support import REPO, runner

CORPUS = Path(__file__).resolve().parent / "restricted"
PROFILES = ("page", "classroom", "provider")  # each has all that those before it have
WORKERS = os.cpu_count() or 1
TIMEOUT_S = 60


@dataclasses.dataclass(frozen=True)
class Program:
    """One program, and what it prints."""

    name: str
    path: Path
    source: str
    profile: str
    since: tuple
    refused: str
    stdout: bytes
    stdin: Path | None

    def fits(self, version=sys.version_info):
        return version[:2] >= self.since


def load():
    return [load_one(path) for path in sorted(CORPUS.glob("*.py"))]


def load_one(path):
    source = path.read_text(encoding="utf-8")
    said = dict(re.findall(r"^# (profile|since|refused): (.+)$", source, re.M))
    since = tuple(int(n) for n in said.get("since", "3.11").split("."))
    given = path.with_suffix(".in")
    return Program(path.stem, path, source, said["profile"], since, said.get("refused", ""),
                   path.with_suffix(".out").read_bytes(), given if given.exists() else None)


def run_bare(program, seed="0"):
    """(its standard output, "") by the Python that runs this, or (None, why not)."""
    with open(program.stdin or os.devnull, "rb") as given, \
            tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-s", "-P", "-X", "utf8", "-B", program.path]
        done = subprocess.run(command, stdin=given, capture_output=True, cwd=folder,
                              timeout=TIMEOUT_S, check=False,
                              env={"PYTHONHASHSEED": seed})
    if done.returncode:
        return None, f"exit {done.returncode}: {runner.as_text(done.stderr)}"
    return done.stdout, ""


def run_in_cell(program, cloche, profile):
    """(its result, "") under a profile, or (None, why there is none)."""
    options = ["--profile", profile]
    if program.stdin:
        options += ["--stdin", program.stdin]
    return runner.call_cloche(cloche, [*options, program.path])


def run_all(programs, run):
    """(program, run(program)), several at once, in the corpus's order."""
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from zip(programs, pool.map(run, programs))


def allowed(profile, what):
    """The names that built-in profiles allow, of `modules` or `builtins`: the profile's
    own and those of the ones that it extends."""
    names = set()
    for each in PROFILES[:PROFILES.index(profile) + 1]:
        text = (REPO / "profiles" / f"{each}.yaml").read_text(encoding="utf-8")
        for block in re.findall(rf"^ +{what}:\n +allow: \[([^]]*)\]", text, re.M):
            names |= set(re.findall(r"[\w.]+", block))
    return names


def limited(profile):
    """Modules of which a profile allows some functions only: {module: {function}}."""
    found = {}
    for each in PROFILES[:PROFILES.index(profile) + 1]:
        text = (REPO / "profiles" / f"{each}.yaml").read_text(encoding="utf-8")
        for block in re.findall(r"^ +only:\n((?: {10,}\w+: \[[^]]*\]\n)+)", text, re.M):
            for module, names in re.findall(r"(\w+): \[([^]]*)\]", block):
                found.setdefault(module, set()).update(re.findall(r"\w+", names))
    return found


def offered():
    """What the facades of src/guard give: {module: {name}}."""
    text = (REPO / "src" / "guard" / "modules_table.c").read_text(encoding="utf-8")
    rows = re.findall(r'\{"([\w.]+)",((?:\s*"[^"]*")+)\}', text)
    return {module: set(" ".join(re.findall(r'"([^"]*)"', names)).split())
            for module, names in rows}
