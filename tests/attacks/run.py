#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The attack corpus against the kernel layers, and the layers one by one.

    run.py --bin DIR --lib FILE [--as root|user|both] [--mode all|single|process|proof|every]
           [--workers N] [--json FILE] [--verbose] [--list] [NAME...]

DIR holds the programs and FILE is libcloche.so, of a build with
CLOCHE_ABLATION=ON (without it, only what needs no layer off can run). Modes:

    all      all layers on: nothing may have an effect
    single   each layer off alone: only what SOLE.md argues may have one, and must;
             and `process`
    process  as an ordinary user, without user namespaces and all that goes with them
             (assurance `process`), as on a host that forbids them
    proof    for each attack: with all layers of its stopped-by off it HAS its
             effect, with all of them off but one it has none

Each worker has a host with canaries of its own and, as an ordinary user, a user of its
own. What is expected to have an effect is tried by one worker alone, after the others.

--json writes {"rows": [{attack, class, as, kind, layer_off, effect, sole, stopped_by,
ended}]}: effect is a list of sentences, empty when there was none; stopped_by names the
layers that stay and of which each is shown to stop it alone (or says why it is no layer
that does); ended is how the product said the run ended.

Exit: 0 as it should be, 1 an effect too many or too few, 2 usage, 77 nothing to run.
"""

import argparse
import ctypes
import json
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import time
import traceback

import bench as benches
import corpus
import matrix

MOST_WORKERS = 4
PR_SET_PDEATHSIG = 1


def fill(bench, row):
    """Run it; what came of it is in the row then. As often as a race may need, where
    an effect is expected."""
    lacking = [n for n in row.attack.needs if n not in bench.host.offers | {"native"}]
    if lacking and row.wants_effect:
        row.skipped = f"{row.attack.name}: needs {', '.join(lacking)}"
        return
    for _ in range(matrix.TRIES if row.sole else 1):
        row.effect, report = bench.run(row.attack, row.off, row.assurance)
        row.ended, row.refused = benches.ended_by(report), report.get("refused", "")
        if row.effect:
            break
    row.wrong = matrix.judge(row)


def work(args, todo, chunks, tasks, results):
    """A worker's life: one chunk of rows after the other until there is none."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    mine = {}
    try:
        for n in iter(tasks.get, None):
            for i in chunks[n]:
                row = todo[i]
                if row.who not in mine:
                    mine[row.who] = benches.Bench(args, row.who)
                fill(mine[row.who], row)
                results.put((i, row))
    except Exception:
        results.put((None, traceback.format_exc()))
    finally:
        for bench in mine.values():
            bench.close()


def tell(row, is_verbose):
    if row.wrong or is_verbose:
        said = row.wrong or row.skipped or row.effect or row.ended
        print(f"{'WRONG' if row.wrong else 'ok'} {row.who} {row.attack.name} "
              f"off=[{row.column}] ({row.kind}): {said}", flush=True)


def share(args, todo, chunks, n_workers):
    """Have every chunk done by one of the workers; what goes wrong in one ends all."""
    context = multiprocessing.get_context("fork")
    tasks, results = context.SimpleQueue(), context.SimpleQueue()
    workers = [context.Process(target=work, args=(args, todo, chunks, tasks, results))
               for _ in range(min(n_workers, len(chunks)))]
    for n in [*range(len(chunks)), *(None for _ in workers)]:
        tasks.put(n)  # a few bytes each: they all fit into the pipe
    try:
        for w in workers:
            w.start()
        left = sum(len(c) for c in chunks)
        while left:
            ready = multiprocessing.connection.wait(
                [results._reader, *(w.sentinel for w in workers if w.exitcode is None)])
            if results._reader not in ready:
                if any(w.exitcode for w in workers):
                    raise SystemExit("a worker ended too early")
                continue  # one that had nothing left to do
            i, row = results.get()
            left -= 1
            if i is None:
                raise SystemExit(row)
            todo[i] = row
            tell(row, args.verbose)
    except BaseException:
        for w in workers:
            if w.pid:
                w.terminate()
        raise
    finally:
        for w in workers:
            if w.pid:
                w.join()


def callers(who):
    """The callers that can be had here."""
    whos = ["root", "user"] if who == "both" else [who]
    return whos if os.geteuid() == 0 else [w for w in whos if w == "user"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--lib", required=True)
    parser.add_argument("--native")
    parser.add_argument("--as", dest="who", choices=("root", "user", "both"), default="both")
    parser.add_argument("--mode", choices=("all", "single", "process", "proof", "every"),
                        default="every")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, MOST_WORKERS))
    parser.add_argument("--json")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    # A test runner's time-out must not leave canaries behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    attacks = corpus.load(args.names)
    if args.list:
        for a in attacks:
            print(f"{a.name}: {a.effect}")
        return 0
    whos = callers(args.who)
    todo = [row for who in whos for row in matrix.rows(attacks, args.mode, who)]
    if not todo:
        print("skipped: not root" if not whos else "skipped: no attack has such a row")
        return 77
    beside, alone = matrix.chunks(todo)
    began = time.monotonic()
    share(args, todo, beside, max(1, args.workers))
    share(args, todo, alone, 1)
    print(matrix.summary(todo, attacks, whos))
    print(f"{time.monotonic() - began:.0f} s with {args.workers} workers.")
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump({"rows": [r.json() for r in todo]}, f, indent=1)
    return 1 if any(r.wrong for r in todo) else 0


if __name__ == "__main__":
    sys.exit(main())
