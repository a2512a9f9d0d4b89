# SPDX-License-Identifier: Apache-2.0
"""What the tests inside the machine share: cloche as root and as an ordinary user,
and a directory of cgroups that is delegated to either.

Everything is emulated, ten to twenty times slower than elsewhere; POLICY has the
built-in profiles with time to match.
"""

import contextlib
import dataclasses
import json
import os
import subprocess
import time
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3]
CLOCHE = os.environ["CLOCHE_BIN"]
CGROUPS = Path("/sys/fs/cgroup")
USER = 1000
MIB = 1 << 20
PATIENCE_S = 240
now = time.monotonic
KERNEL = tuple(int(part) for part in os.uname().release.split(".")[:2])

POLICY = Path("/tmp/policy.yaml")
POLICY_TEXT = """\
version: 1
profiles:
  one:
    {extends: isolated, limits: {wall: 60s, cpu: 60s, memory: 96MiB}}
  several:
    {extends: agent, limits: {wall: 60s, cpu: 60s, memory: 96MiB, disk: 48MiB}}
  few:
    {extends: agent, limits: {wall: 60s, cpu: 60s, processes: 3, threads: 4}}
  slow:
    {extends: isolated, limits: {wall: 60s, cpu: 60s, cpu_share: 20%}}
  slow_several:
    {extends: agent, limits: {wall: 60s, cpu: 60s, cpu_share: 20%}}
  measured:
    extends: agent
    limits: {wall: 60s, cpu: 60s, memory: 96MiB, processes: 3, threads: 4, cpu_share: 50%}
  patient:
    {extends: isolated, limits: {wall: 100s, cpu: 100s}}
  long:
    {extends: agent, limits: {wall: 120s, cpu: 120s}}
"""


@dataclasses.dataclass(frozen=True)
class Caller:
    """Who calls cloche, and from where."""

    name: str
    uid: int

    @property
    def delegated(self):
        return CGROUPS / f"delegated-{self.name}"

    @property
    def own_leaf(self):
        """Where the caller itself is: a sibling of what cloche makes."""
        return self.delegated / "caller"

    def enter(self):
        """Become this caller; in a child, before it executes a program."""
        (self.own_leaf / "cgroup.procs").write_text("0")
        if self.uid != 0:
            os.setgroups([])
            os.setresgid(self.uid, self.uid, self.uid)
            os.setresuid(self.uid, self.uid, self.uid)

    def environment(self, **more):
        env = {
            "PATH": "/usr/bin:/bin",
            "HOME": "/root" if self.uid == 0 else "/home/user",
            "LANG": "C.UTF-8",
            "CLOCHE_BIN": CLOCHE,
            "CLOCHE_HELPER_DIR": os.environ["CLOCHE_HELPER_DIR"],
            "CLOCHE_CGROUP": os.fspath(self.delegated),
            "CLOCHE_POLICY": os.fspath(POLICY),
        }
        env.update(more)
        return {key: value for key, value in env.items() if value is not None}

    def start(self, *command, env=None, **options):
        """Start a command, from inside the delegated directory."""
        options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.Popen(
            [os.fspath(word) for word in command],
            preexec_fn=self.enter,
            cwd="/tmp",
            env=self.environment(**(env or {})),
            **options,
        )

    def call(self, *command, env=None, patience_s=PATIENCE_S):
        """Run a command to its end: (exit status, stdout, stderr)."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with self.start(*command, env=env, **pipes) as process:
            try:
                out, err = process.communicate(timeout=patience_s)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return process.returncode, out, err

    def run(self, profile, code, *options, env=None):
        """The result of `cloche run --json`."""
        status, out, err = self.call(
            CLOCHE, "run", "--json", "--profile", profile, *options, "-c", code, env=env
        )
        try:
            result = json.loads(out)
            result["outcome"]
        except (ValueError, KeyError):
            raise AssertionError(f"no result, status {status}: {out}{err}") from None
        return result

    def doctor(self, env=None):
        """doctor's facilities by name, and its exit status."""
        status, out, err = self.call(CLOCHE, "doctor", "--json", env=env)
        try:
            rows = json.loads(out)["rows"]
        except (ValueError, KeyError):
            raise AssertionError(f"no report, status {status}: {out}{err}") from None
        return {row["facility"]: row for row in rows}, status

    def subtrees(self):
        """What cloche made in the delegated directory and has not removed."""
        return sorted(self.delegated.glob("cloche-*"))

    def leaves(self):
        """Where its cells are."""
        return sorted(self.delegated.glob("cloche-*/cell-*"))

    def tasks(self):
        """The processes in those."""
        found = []
        for leaf in self.leaves():
            # It may go at any time.
            with contextlib.suppress(OSError):
                found += (leaf / "cgroup.procs").read_text().split()
        return found


ROOT = Caller("root", 0)
ORDINARY = Caller("user", USER)
CALLERS = (ROOT, ORDINARY)


def prepare():
    """Delegate a directory to each caller, as an operator or systemd would."""
    POLICY.write_text(POLICY_TEXT, encoding="utf-8")
    (CGROUPS / "cgroup.subtree_control").write_text("+cpu +memory +pids")
    for caller in CALLERS:
        caller.delegated.mkdir()
        files = ("cgroup.procs", "cgroup.subtree_control", "cgroup.threads")
        for path in (caller.delegated, *(caller.delegated / name for name in files)):
            os.chown(path, caller.uid, caller.uid)
        caller.own_leaf.mkdir()
        for path in (caller.own_leaf, *(caller.own_leaf / name for name in files)):
            os.chown(path, caller.uid, caller.uid)


def each_caller(test):
    """Run a test method once for each caller, as a subtest."""

    def run_all(self):
        for caller in CALLERS:
            with self.subTest(caller=caller.name):
                test(self, caller)

    run_all.__name__ = test.__name__
    run_all.__doc__ = test.__doc__
    return run_all


def eventually(condition, timeout_s=30):
    """Wait until something is so; whether it came to be."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@contextlib.contextmanager
def setting(path, value):
    """A kernel's setting with another value for a while."""
    before = Path(path).read_text()
    Path(path).write_text(value)
    try:
        yield
    finally:
        Path(path).write_text(before)


class GuestTest(unittest.TestCase):
    maxDiff = None

    def outcome(self, result, expected):
        keys = ("reason", "error", "stdout", "stderr", "denials", "usage")
        told = {key: result[key] for key in keys}
        told["hit"] = {key: row for key, row in result["limits"].items() if row["hit"]}
        self.assertEqual(result["outcome"], expected, json.dumps(told, indent=1))
