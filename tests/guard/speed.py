# SPDX-License-Identifier: Apache-2.0
"""How much slower code is at level restricted: tests/guard/speed/*.py, programs that only
compute, by every way of running them, turn about in one run.

    CLOCHE_BIN=build/bin/cloche /usr/bin/python3 tests/guard/speed.py [--rounds N] [--json]
        [--cache DIR] [NAME...]

    bare        /usr/bin/python3 -I
    isolated    a cell of profile isolated
    restricted  a cell of profile classroom: no budget of loops, none of heap
    + loops     the same with a loop budget that no program meets
    + heap      the same with a heap budget that no program meets
    peer        RestrictedPython of Debian 13 under /usr/bin/python3, as peer.py has it

For each the least processor time of main() of all rounds; the others as a ratio to bare, and
restricted to isolated too.  Then what the check takes for 1,000 lines.  --cache is where
the peer's package is kept; without it, there is no peer.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import peer

PROGRAMS = Path(__file__).resolve().parent / "speed"
PYTHON = "/usr/bin/python3"
CALLS = 3  # of main in one process
LINES = 4000  # at least, of which main() of every program, defined and not called
TIMED = f"""

import time
taken = []
for turn in range({CALLS}):
    started = time.process_time()
    result = main()
    taken.append(time.process_time() - started)
print(min(taken))
print(result)
"""
LIMITS = {"memory": "512MiB", "cpu": "60s", "wall": "120s"}
PROFILES = {
    "isolated": {"extends": "isolated", "limits": LIMITS},
    "restricted": {"extends": "classroom", "limits": LIMITS},
    "loops": {"extends": "classroom", "limits": dict(LIMITS, loop_iterations=1000000000)},
    "heap": {"extends": "classroom", "limits": dict(LIMITS, heap="400MiB")},
}
TITLES = {"bare": "bare", "isolated": "isolated", "restricted": "restricted",
          "loops": "+ loops", "heap": "+ heap", "peer": "peer"}


class Refused(Exception):
    """The way of running it does not take this program; the text says why."""


def ended(command):
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


class Ways:
    """Every way to run a file."""

    def __init__(self, directory, cache):
        self.directory = Path(directory)
        self.policy = self.directory / "policy.yaml"
        self.policy.write_text(json.dumps({"version": 1, "profiles": {
            "speed-" + name: value for name, value in PROFILES.items()}}))
        self.peer = peer.fetch(cache) if cache else None

    def names(self):
        return [name for name in TITLES if name != "peer" or self.peer]

    def cell(self, profile, path):
        done = ended([os.environ["CLOCHE_BIN"], "run", "--json", "--policy", str(self.policy),
                      "--profile", "speed-" + profile, str(path)])
        said = json.loads(done.stdout)
        if said["outcome"] != "ok":
            raise Refused(said["reason"])
        return said

    def text(self, way, path):
        if way in PROFILES:
            return self.cell(way, path)["stdout"]
        command = [PYTHON, "-I", str(path)]
        if way == "peer":
            command = [PYTHON, "-I", peer.__file__, str(self.peer), str(path)]
        done = ended(command)
        if done.returncode != 0:
            # Of a list of reasons, the first: the others are of a kind.
            raise Refused(done.stderr.strip().splitlines()[-1].split("', '", 1)[0])
        return done.stdout

    def once(self, way, path):
        """Seconds of main, and what it returned."""
        seconds, result = self.text(way, path).split("\n", 1)
        return float(seconds), result


def measure(ways, program, rounds):
    """{way: seconds or the reason why not}.  Every way must return the same."""
    path = ways.directory / program.name
    path.write_text(program.read_text() + TIMED)
    best, results = {}, set()
    for turn in range(rounds):
        order = ways.names()
        for way in order[turn % len(order):] + order[:turn % len(order)]:
            if not isinstance(best.get(way, 0.0), float):
                continue
            try:
                seconds, result = ways.once(way, path)
            except Refused as why:
                best[way] = str(why)
                continue
            results.add(result)
            best[way] = min(seconds, best.get(way, seconds))
    if len(results) > 1:
        sys.exit(f"{program.stem}: not everybody computes the same: {sorted(results)}")
    for way in best:
        if way != "peer" and not isinstance(best[way], float):
            sys.exit(f"{program.stem}, {way}: {best[way]}")
    return best


def check_time(ways, rounds):
    """Milliseconds for 1,000 lines: of the check, and of CPython's own compiler."""
    text = "\n".join(path.read_text() for path in sorted(PROGRAMS.glob("*.py"))) + "\n"
    text *= LINES // text.count("\n") + 1
    thousands = text.count("\n") / 1000
    long, short = ways.directory / "long.py", ways.directory / "short.py"
    long.write_text(text)
    short.write_text("pass\n")
    taken = {}
    for _ in range(rounds):
        for profile in ("isolated", "restricted"):
            for path in (long, short):
                usage = ways.cell(profile, path)["usage"]
                ns = usage["cpu_user_ns"] + usage["cpu_system_ns"]
                taken.setdefault((profile, path), []).append(ns)
    each = {profile: (statistics.median(taken[profile, long])
                      - statistics.median(taken[profile, short])) / 1e6 / thousands
            for profile in ("isolated", "restricted")}
    return each["restricted"] - each["isolated"], each["isolated"]


def ratios(rows, over, under):
    return {name: row[over] / row[under] for name, row in rows.items()
            if isinstance(row.get(over), float)}


def say(rows, ways, check, compiler):
    names = ways.names()
    print(f"{'':16}{'bare':>10}" + "".join(f"{TITLES[way]:>12}" for way in names[1:])
          + f"{'restr/isol':>12}")
    for name, row in rows.items():
        cells = [f"{100 * (row[way] / row['bare'] - 1):+10.1f} %"
                 if isinstance(row[way], float) else f"{'-':>12}" for way in names[1:]]
        print(f"{name:16}{row['bare'] * 1e3:7.1f} ms" + "".join(cells)
              + f"{100 * (row['restricted'] / row['isolated'] - 1):+10.1f} %")
    pairs = [(way, "bare") for way in names[1:]] + [("restricted", "isolated")]
    for title, pick in (("median", statistics.median), ("worst", max)):
        print(f"{title:16}{'':10}" + "".join(
            f"{100 * (pick(ratios(rows, *pair).values()) - 1):+10.1f} %" for pair in pairs))
    print(f"\ncheck: {check:.1f} ms for 1,000 lines (of CPython's compiler: {compiler:.1f} ms)")
    if ways.peer:
        version = (ways.peer / "version").read_text()
        print(f"\nRestrictedPython {version} does not run:")
        for name, row in rows.items():
            if not isinstance(row["peer"], float):
                print(f"  {name:16}{row['peer']}")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--cache")
    options.add_argument("--json", action="store_true")
    options.add_argument("names", nargs="*")
    chosen = options.parse_args()
    programs = [path for path in sorted(PROGRAMS.glob("*.py"))
                if not chosen.names or path.stem in chosen.names]
    with tempfile.TemporaryDirectory() as directory:
        ways = Ways(directory, chosen.cache)
        rows = {path.stem: measure(ways, path, chosen.rounds) for path in programs}
        check, compiler = check_time(ways, chosen.rounds)
        if chosen.json:
            print(json.dumps({"seconds": rows, "check_ms_per_1000_lines": check,
                              "compiler_ms_per_1000_lines": compiler}))
        else:
            say(rows, ways, check, compiler)


if __name__ == "__main__":
    main()
