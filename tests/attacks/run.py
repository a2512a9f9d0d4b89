#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The attack corpus against the kernel layers, and the layers one by one.

    run.py --bin DIR --lib FILE [--as root|user|both] [--mode all|single|process|proof|every]
           [--json FILE] [--list] [NAME...]

DIR holds the programs and FILE is libcloche.so, of a build with
CLOCHE_ABLATION=ON (without it, only what needs no layer off can run). Modes:

    all      all layers on: nothing may have an effect
    single   each layer off alone: only what SOLE.md argues may have one; and `process`
    process  as an ordinary user, without user namespaces and all that goes with them
             (assurance `process`), as on a host that forbids them
    proof    for each attack: with all layers of its stopped-by off it HAS its
             effect, with all of them off but one it has none

Exit: 0 as it should be, 1 an effect too many or too few, 2 usage, 77 nothing to run.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile

import corpus
import host as hosts

HERE = os.path.dirname(os.path.abspath(__file__))
NEIGHBOUR = open(os.path.join(HERE, "neighbour.py"), encoding="utf-8").read()

# What a run may use under policy.yaml, with the slack that is stated for it.
# Memory: the warm interpreter's own pages are in what is seen, for each process.
MOST = {"alone": {"tasks": 5, "fds": 33, "memory_kb": 80 << 10, "memfd_kb": 4 << 10},
        "many": {"tasks": 9, "fds": 33, "memory_kb": 128 << 10, "memfd_kb": 4 << 10}}
MOST["brief"] = MOST["packaged"] = MOST["alone"]
LONGEST_NS = {"alone": 5e9, "many": 5e9, "brief": 15e8, "packaged": 5e9}
BROKER_GROWTH_KB = 24 << 10


def effects(attack, report, host):
    """Everything that was noticed, as sentences; empty when there was no effect."""
    found = list(host.harms())
    if "refused" in report or "gone" in report:
        if "gone" in report:
            found.append(report["gone"])
        return found
    said = json.dumps(report["result"])
    if host.token in said:
        at = said.index(host.token)
        found.append("a secret was read: " + said[at:at + 60].replace(host.token, "TOKEN"))
    out = report["result"]["stdout"] or ""
    found += [line for line in out.splitlines() if line.startswith("GAINED")]
    most = MOST[attack.profile]
    for key, value in most.items():
        if report["peak"][key] > value:
            found.append(f"{key} reached {report['peak'][key]}, the most is {value}")
    if report["result"]["usage"]["wall_ns"] > LONGEST_NS[attack.profile]:
        found.append(f"lasted {report['result']['usage']['wall_ns']} ns")
    if report["left"]:
        found.append(f"processes are left: {report['left']}")
    if report["probe"] not in (None, "42\n"):
        found.append(f"a run at the same time gave {report['probe']!r}")
    if report["peak"]["nice"] < 0:
        found.append(f"priority {report['peak']['nice']}")
    neighbour = report["neighbour"]
    if neighbour and ("STILL HERE" not in (neighbour["stdout"] or "")
                      or "HURT" in neighbour["stdout"]):
        found.append("the neighbour was hurt: " + neighbour["outcome"] + " "
                     + (neighbour["stdout"] or "")[-200:])
    before, after = report["self_before"], report["self"]
    for key in ("hostname", "domain", "mounts"):
        if before[key] != after[key]:
            found.append(f"the host's {key} changed")
    if after["peak_kb"] > before["peak_kb"] + BROKER_GROWTH_KB:
        found.append(f"the broker grew to {after['peak_kb']} KiB")
    if after["fds"] > before["fds"] + 8:
        found.append(f"the broker has {after['fds']} descriptors")
    if report["next"] != "42\n":
        found.append(f"the next run gave {report['next']!r}")
    return found


class Stage:
    """Everything that the callers under attack need, where every user can read it."""

    def __init__(self, args):
        self.dir = tempfile.mkdtemp(prefix="cloche-stage-", dir="/var/tmp")
        os.chmod(self.dir, 0o755)
        self.bin = os.path.join(self.dir, "bin")
        os.mkdir(self.bin)
        for name in ("cloche-launcher", "cloche-zygote"):
            shutil.copy(os.path.join(args.bin, name), self.bin)
        self.lib = shutil.copy(args.lib, os.path.join(self.dir, "libcloche.so"))
        self.broker = shutil.copy(os.path.join(HERE, "broker.py"), self.dir)
        self.native = shutil.copy(args.native, self.dir) if args.native else None
        self.packages = os.path.join(self.dir, "packages")
        os.mkdir(self.packages)
        with open(os.path.join(HERE, "policy.yaml"), encoding="utf-8") as f:
            text = f.read().replace("@PACKAGES@", self.packages)
        self.policies = {}
        for assurance in ("namespace", "process"):
            self.policies[assurance] = os.path.join(self.dir, assurance + ".yaml")
            with open(self.policies[assurance], "w", encoding="utf-8") as f:
                f.write(text + f"min_assurance: {assurance}\n")
        self.write_package("")

    def write_package(self, text):
        with open(os.path.join(self.packages, "hostile.py"), "w", encoding="utf-8") as f:
            f.write(text)

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)


class Bench:
    """A broker, which leaves out some layers, and the host it runs on."""

    def __init__(self, args, who):
        self.args, self.who = args, who
        self.stage = Stage(args)
        self.host = hosts.Host(who)
        self.brokers = {}

    def broker(self, off, assurance):
        key = (off, assurance)
        process = self.brokers.get(key)
        if process is None or process.poll() is not None:
            self.drop_all()
            process = self.host.spawn_broker(self.stage, assurance, off)
            self.brokers[key] = process
        return process

    def drop_all(self):
        for key in list(self.brokers):
            self.drop(key)

    def drop(self, key):
        process = self.brokers.pop(key)
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(10)
        except Exception:
            process.kill()
            process.wait()
        process.stdout.close()

    def run(self, attack, off, assurance="namespace"):
        off = tuple(sorted(off))
        told = json.dumps(self.host.told())
        if attack.is_package:
            self.drop_all()  # a zygote imports it once
            start, text = attack.module
            self.stage.write_package(start.replace("{told!r}", repr(told)) + text)
        process = self.broker(off, assurance)
        job = {"code": attack.code, "argv": [told], "profile": attack.profile}
        if attack.beside == "probe":
            job["probe"] = True
        elif attack.beside:
            job["beside"] = corpus.prelude() + NEIGHBOUR
        if self.stage.native and "native" in attack.needs:
            job["files"] = {"calls.so": self.stage.native}
        report = hosts.ask(process, job)
        found = []
        if attack.is_package:
            found += self.after_package()
        found += effects(attack, report, self.host)
        if "gone" in report or "the next run" in " ".join(found):
            self.drop_all()
        if self.args.verbose:
            print(json.dumps(report.get("result", report))[:6000], report.get("peak"),
                  report.get("neighbour") and report["neighbour"]["stdout"], flush=True)
        return found, report

    def after_package(self):
        """The engine ends; nothing of it may stay."""
        tree = [p for process in self.brokers.values() for p in hosts.descendants(process.pid)]
        self.drop_all()
        return [f"process {pid} is left" for pid in hosts.still_there(tree)]

    def close(self):
        self.drop_all()
        self.host.close()
        self.stage.close()


def ended_by(report):
    """What ended or refused it, as far as the product says."""
    if "refused" in report:
        return "refused: " + report["refused"][:120]
    result = report.get("result")
    if not result:
        return "gone"
    layers = sorted({d["layer"] for d in result["denials"]})
    return result["outcome"] + (" " + "+".join(layers) if layers else "")


def plan(attacks, mode, who):
    """(attack, off, kind) in an order in which a broker serves many in a row."""
    rows = []
    for a in attacks:
        if mode in ("all", "every"):
            rows.append((a, (), "all"))
        if mode in ("single", "process", "every") and who == "user":
            rows.append((a, ("user-ns",), "process"))
        if mode in ("single", "every"):
            rows += [(a, (layer,), "single") for layer in corpus.LAYERS]
        if mode in ("proof", "every") and a.weak:
            rows.append((a, a.weak, "weak"))
        if mode in ("proof", "every") and a.is_real_for(who):
            stops = a.stopped_by(who)
            rows.append((a, stops, "real"))
            rows += [(a, tuple(s for s in stops if s != layer), "alone:" + layer)
                     for layer in stops if len(stops) > 1]
    return sorted(rows, key=lambda r: (len(r[1]), tuple(sorted(r[1])), r[2] == "process",
                                       r[0].is_package))


def may_be_refused(attack, off, who):
    """An engine that does not start proves nothing, but where that is the answer: an
    ordinary user has no other namespaces without a user namespace; a package may
    end its own zygote."""
    return attack.is_package or (who == "user" and "user-ns" in off)


def judge(row, found, report, soles, who):
    """None when it is as it should be, or what is wrong."""
    attack, off, kind = row
    if "refused" in report and not may_be_refused(attack, off, who):
        return "did not run at all: " + report["refused"]
    if kind == "real":
        return None if found else "has no effect with all its layers off"
    if kind == "process" and (attack.name, "process") in soles:
        return None
    if kind == "single" and (attack.name, off[0]) in soles:
        return None
    return "has an effect: " + "; ".join(found) if found else None


def matrix(rows):
    """attack x layer off, for people."""
    names = sorted({r["attack"] for r in rows})
    columns = [""] + corpus.LAYERS + ["process"]
    width = max([len(n) for n in names] + [6])
    lines = [" " * width + "  " + " ".join(f"{(c or 'none')[:7]:>7}" for c in columns)]
    cells = {(r["attack"], r["layer_off"]): r for r in rows}
    for name in names:
        marks = []
        for c in columns:
            r = cells.get((name, c))
            marks.append("" if r is None else "EFFECT" if r["effect"] else "-")
        lines.append(f"{name:<{width}}  " + " ".join(f"{m:>7}" for m in marks))
    return "\n".join(lines)


def run_as(args, who, attacks):
    soles = corpus.soles()
    bench = Bench(args, who)
    rows, wrong, skipped = [], [], []
    try:
        for row in plan(attacks, args.mode, who):
            attack, off, kind = row
            lacking = [n for n in attack.needs if n not in bench.host.offers | {"native"}]
            if kind == "real" and lacking:
                skipped.append(f"{attack.name}: needs {', '.join(lacking)}")
                continue
            found, report = bench.run(attack, off,
                                      "process" if kind == "process" else "namespace")
            bad = judge(row, found, report, soles, who)
            rows.append({"attack": attack.name, "class": attack.cls, "as": who,
                         "layer_off": "process" if kind == "process" else "+".join(off),
                         "kind": kind, "effect": found,
                         "stopped_by": ended_by(report)})
            if args.verbose or bad:
                print(f"{'WRONG' if bad else 'ok'} {who} {attack.name} off=[{' '.join(off)}] "
                      f"({kind}): {bad or found or ended_by(report)}", flush=True)
            if bad:
                wrong.append(bad)
    finally:
        bench.close()
    print(f"\nAs {who}: {len(rows)} runs of {len(attacks)} attacks, {len(wrong)} wrong.")
    print(matrix([r for r in rows if r["kind"] in ("all", "single", "process")]))
    count = {layer: {r["attack"] for r in rows if r["kind"] == "alone:" + layer
                     or (r["kind"] == "real" and r["layer_off"] == layer)}
             for layer in corpus.LAYERS}
    print("attacks that a layer alone stops: "
          + ", ".join(f"{k} {len(v)}" for k, v in count.items()))
    for text in skipped:
        print("skipped:", text)
    return rows, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--lib", required=True)
    parser.add_argument("--native")
    parser.add_argument("--as", dest="who", choices=("root", "user", "both"), default="both")
    parser.add_argument("--mode", choices=("all", "single", "process", "proof", "every"), default="every")
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
    whos = ["root", "user"] if args.who == "both" else [args.who]
    if os.geteuid() != 0:
        whos = [w for w in whos if w == "user"]
    if not whos:
        print("skipped: not root")
        return 77
    rows, wrong = [], []
    for who in whos:
        r, w = run_as(args, who, attacks)
        rows, wrong = rows + r, wrong + w
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump({"rows": rows}, f, indent=1)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
