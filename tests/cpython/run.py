#!/usr/bin/python3 -B
# SPDX-License-Identifier: Apache-2.0
"""CPython's own test suite inside cells: a file that passes outside passes inside.

    run.py CLOCHE [--jobs N] [--timeout S] [--json FILE] [--verbose] [NAME...]

Each file of the suite is run by the interpreter's own `python3 -m test`, outside and in
a cell, without network and other resources.  What passes outside must pass inside, but
for the rows of EXCEPTIONS.md, each with its reason; a row that is not needed is an error
too, and there may be rows for at most 15 % of the files that pass outside.  What surprises
is tried once more, alone: some tests fail now and then wherever they are.  Files that take longest
and add nothing are left out, unless they are named: SLOW.
"""
import argparse
import concurrent.futures
import glob
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"
MOST_EXCEPTIONS_PERCENT = 15
NOT_HERE = 77  # what ctest takes for "skipped"

# Minutes of the suite's time, each with the reason why it is not missed.  They count as
# exceptions.
SLOW = {
    "test_asyncio": "servers on loopback",
    "test_concurrent_futures": "pools by every way to start a process: two minutes of the same",
    "test_multiprocessing_fork": "managers and listeners on loopback",
    "test_multiprocessing_forkserver": "the same; test_multiprocessing_main_handling starts "
                                       "children in each way",
    "test_multiprocessing_spawn": "the same",
    "test_socket": "sockets of a network",
}

# Files that read what a cell has by grant only: where Debian's sitecustomize.py leads; headers;
# what Debian's Tk is linked with and runs.  With a grant there are no sockets by name.
GRANTED = {"test___all__", "test_ast", "test_sysconfig", "test_tcl", "test_ttk_textonly",
           "test_turtle"}
READ = (f"/etc/python3.{sys.version_info.minor}", "/usr/include", "/usr/lib/libBLT*",
        "/usr/share/tcltk")

POLICY = """
version: 1
default: suite
profiles:
  suite:
    extends: isolated
    limits: {wall: %(timeout)ds, cpu: %(timeout)ds, memory: 8GiB, output: 64MiB,
             processes: 128, threads: 256, open_files: 1024, file_size: 1GiB, disk: 1GiB,
             inodes: 100000, source: 1MiB, result: 8MiB, recursion: none}
  granted:
    extends: suite
    files: {read: [%(read)s]}
"""


def suite():
    """The suite's directory, or None where it is not installed."""
    code = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    stdlib = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True,
                            check=True).stdout.strip()
    where = pathlib.Path(stdlib) / "test"
    return where if (where / "test_grammar.py").exists() else None


def names(where):
    files = {p.stem for p in where.glob("test_*.py")}
    return sorted(files | {p.parent.name for p in where.glob("test_*/__init__.py")})


def exceptions():
    """{name: reason} of the rows of EXCEPTIONS.md."""
    text = (HERE / "EXCEPTIONS.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(test_\w+)` \| (.+?) \|$", text, re.M))


def verdict(stdout):
    """What one_file.py said last: its object, or None if it did not get there."""
    lines = [line for line in stdout.splitlines() if line.startswith('{"status"')]
    return json.loads(lines[-1]) if lines else None


def outside(name, timeout):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cwd:
        command = [PYTHON, "-B", str(HERE / "one_file.py"), name]
        try:
            done = subprocess.run(command, cwd=cwd, capture_output=True, text=True,
                                  errors="replace", stdin=subprocess.DEVNULL,
                                  timeout=timeout)
        except subprocess.TimeoutExpired:
            return None
        return verdict(done.stdout)


def inside(cloche, policy, name, timeout):
    profile = "granted" if name in GRANTED else "suite"
    command = [cloche, "run", "--json", "--policy", policy, "--profile", profile,
               "--timeout", f"{timeout:.0f}s", str(HERE / "one_file.py"), "--", name]
    done = subprocess.run(command, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, check=False)
    result = json.loads(done.stdout)
    return result, verdict(result.get("stdout") or "")


def passed(said):
    return said is not None and said["status"] == 0 and not said["failed"]


def one(args, policy, name):
    """The row of one file."""
    began = time.monotonic()
    out = outside(name, args.timeout)
    took = time.monotonic() - began
    row = {"name": name, "outside": passed(out), "inside": None, "why": ""}
    if row["outside"]:
        # One that fails by waiting need not do so for minutes.
        patience = 10 + 2 * took if name in exceptions() else 3 * args.timeout
        result, said = inside(args.cloche, policy, name, patience)
        row["inside"] = passed(said)
        row["failed"] = said["failed"] if said else []
        row["skipped_inside"] = sorted(set((said or {}).get("skipped", {})) - set(out["skipped"]))
        if not row["inside"]:
            row["why"] = result["outcome"] + ": " + (result["reason"] or "")
            row["tail"] = (result.get("stderr") or "")[-300:] + (result.get("stdout") or "")[-2000:]
    row["seconds"] = [round(took, 1), round(time.monotonic() - began - took, 1)]
    if args.verbose:
        print({key: row[key] for key in row if key != "tail"}, flush=True)
    return row


def is_surprise(row):
    return row["outside"] and row["inside"] is (row["name"] in exceptions())


def judge(rows, args):
    """Everything that is wrong, as sentences."""
    known = exceptions()
    of = [row for row in rows if row["outside"]]
    wrong = [f"{row['name']} passes outside and not inside ({row['why']}): "
             f"{', '.join(row['failed'][:8])}"
             for row in of if is_surprise(row) and not row["inside"]]
    wrong += [f"{row['name']} passes: its row in EXCEPTIONS.md is not needed"
              for row in of if is_surprise(row) and row["inside"]]
    excepted, total = len(known) + len(SLOW), len(of) + len(SLOW)
    if not args.names and excepted * 100 > MOST_EXCEPTIONS_PERCENT * total:
        wrong.append(f"{excepted} exceptions of {total} files are more than "
                     f"{MOST_EXCEPTIONS_PERCENT} %")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cloche")
    parser.add_argument("--jobs", type=int, default=2 * os.cpu_count(),
                        help="most of them wait")
    parser.add_argument("--timeout", type=int, default=60)
    parser.add_argument("--json")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("names", nargs="*")
    args = parser.parse_intermixed_args()
    where = suite()
    if where is None:
        print("the suite is not installed (Debian: libpython3-testsuite)")
        return 1 if os.environ.get("CI") else NOT_HERE
    with tempfile.TemporaryDirectory() as folder:
        policy = os.path.join(folder, "policy.yaml")
        read = ", ".join(path for name in READ for path in glob.glob(name))
        pathlib.Path(policy).write_text(POLICY % {"timeout": 3 * args.timeout, "read": read},
                                        encoding="utf-8")
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            mine = args.names or [name for name in names(where) if name not in SLOW]
            todo = [pool.submit(one, args, policy, name) for name in mine]
            rows = [done.result() for done in todo]
        # Alone, outside and inside: some have clocks of their own, and some just fail at times.
        rows = [one(args, policy, row["name"]) if is_surprise(row) else row for row in rows]
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")
    wrong = judge(rows, args)
    of = [row for row in rows if row["outside"]]
    print(f"{len(rows)} files; {len(of)} pass outside, "
          f"{sum(row['inside'] for row in of)} of them inside")
    for text in wrong:
        print("WRONG", text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
