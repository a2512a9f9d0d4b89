# SPDX-License-Identifier: Apache-2.0
"""One attack at a time: a broker that leaves out some layers, the host it runs on, and
what the attack did to them.

Owns what counts as an effect, the files that the callers under attack need, and their
brokers. Must not know which effects are expected, nor in which order attacks are run.
"""

import contextlib
import json
import os
import shutil
import signal
import tempfile

import broker
import corpus
import host as hosts

HERE = os.path.dirname(os.path.abspath(__file__))
NEIGHBOUR = open(os.path.join(HERE, "neighbour.py"), encoding="utf-8").read()

# What a run may use under policy.yaml, with the slack that is stated for it.
# Memory: what is not RLIMIT_DATA's is held by a look now and then, on a busy machine.
MOST = {"alone": {"tasks": 5, "fds": 33, "memory_kb": 128 << 10, "memfd_kb": 4 << 10},
        "many": {"tasks": 9, "fds": 33, "memory_kb": 112 << 10, "memfd_kb": 4 << 10}}
# With a layer off, processes may be counted by the broker alone, every 5 ms: its slack is
# what can be forked until then. A bomb that nothing stops has 256 of them.
MOST_SAMPLED = {"tasks": 96}
# What a fork of the warm interpreter has from the start, and counts as its own.
WARM_KB = 20 << 10
MOST["bare"] = MOST["brief"] = MOST["packaged"] = MOST["alone"]
LONGEST_NS = {"alone": 5e9, "bare": 5e9, "many": 5e9, "brief": 15e8, "packaged": 5e9}
BROKER_GROWTH_KB = 24 << 10


def effects(attack, off, report, host):
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
    if off and attack.profile == "many":
        most = most | MOST_SAMPLED
    if attack.profile == "many":
        most = most | {"memory_kb": most["memory_kb"] + report["peak"]["tasks"] * WARM_KB}
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
    if after["fds"] > before["fds"] + broker.FDS_GROWTH:
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
        for name in ("cloche-launcher", "cloche-zygote", "cloche-zygote.so"):
            if os.path.exists(os.path.join(args.bin, name)):
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

    open = []  # all of this process

    def __init__(self, args, who):
        self.args, self.who = args, who
        self.stage = Stage(args)
        self.host = hosts.Host(who)
        hosts.adopt_orphans()
        Bench.open.append(self)
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
        found = self.after_package() if attack.is_package else []
        found += self.strays()
        found += effects(attack, off, report, self.host)
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

    def strays(self):
        """What a run left and nobody is the parent of: it was given to us, and goes."""
        known = {p.pid for bench in Bench.open
                 for p in (*bench.brokers.values(), *bench.host.processes())}
        orphans = [pid for pid in hosts.children(os.getpid()) if pid not in known]
        found = [f"process {pid} is left, an orphan" for pid in hosts.still_there(orphans)]
        for pid in orphans:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        return found

    def close(self):
        Bench.open.remove(self)
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
