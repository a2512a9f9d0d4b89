# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: one run under a policy written for it, with
its result checked against the schema and its exit status against the table.

The clean directory, the environment and the schema are those of the tests of
the command line.
"""
import json
import os
import pathlib
import re
import sys
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(SOURCE / "tests" / "cli"))

from support import CliTest, binary, validate, zygote_file  # noqa: E402  (the path comes first)

# A sanitizer has terabytes mapped and threads of its own: what a test says of
# the caller's own memory and limits is said of a build without one.
plain_build_only = unittest.skipIf(os.environ.get("CLOCHE_TEST_SANITIZED"),
                                   "a sanitizer's own memory is in the way")

__all__ = [
    "plain_build_only",
    "CellTest",
    "binary",
    "children",
    "processes",
    "validate",
    "wait_until",
    "work_directories",
    "zygote_file",
]

# One row for each outcome whose exit status does not depend on the code.
STATUS = {
    "user_error": 1,
    "syntax_error": 1,
    "denied": 3,
    "cpu_limit": 124,
    "wall_limit": 124,
    "memory_limit": 137,
    "output_limit": 4,
    "heap_limit": 137,
    "loop_limit": 4,
    "recursion_limit": 4,
    "disk_limit": 4,
    "file_limit": 4,
    "process_limit": 4,
    "source_limit": 4,
    "result_limit": 4,
    "cancelled": 130,
    "infra_error": 125,
    "protocol": 125,
}


class CellTest(CliTest):
    """run_code() is `cloche run --json` with a policy of its own."""

    def policy(self, limits=None, name="policy.yaml", package_sets=None, **profile):
        """Write a policy whose default profile `test` extends `isolated`."""
        profile.setdefault("extends", "isolated")
        profile["limits"] = limits or {}
        text = {"version": 1, "default": "test", "profiles": {"test": profile}}
        if package_sets is not None:
            text["package_sets"] = package_sets
        return self.write(name, json.dumps(text))  # JSON is YAML

    def run_code(
        self, code, *args, limits=None, profile=None, package_sets=None, **options
    ):
        """The validated result of a piece of code, as script.py."""
        policy = self.policy(limits, package_sets=package_sets, **(profile or {}))
        script = self.write("script.py", code)
        value = self.result("--policy", policy, script, *args, **options)
        self.check_status(value)
        return value

    def check_status(self, value):
        """The exit status is the outcome's, and cause and limit agree with it."""
        outcome = value["outcome"]
        if outcome == "ok":
            self.assertEqual(value.status, value["exit_status"])
        elif outcome == "crashed":
            self.assertEqual(value.status, 128 + value["signal"])
            self.assertIsNone(value["exit_status"])
        else:
            self.assertEqual(value.status, STATUS[outcome], value["reason"])
            self.assertIsNone(value["exit_status"])
        self.assertEqual(value["reason"] == "", outcome == "ok", value["reason"])
        self.assertEqual(value["signal"] is not None, outcome == "crashed")

    def assert_ok(self, value, stdout=None, status=0):
        self.assertEqual(
            (value["outcome"], value["exit_status"]),
            ("ok", status),
            (value["reason"], value["stderr"]),
        )
        if stdout is not None:
            self.assertEqual(value["stdout"], stdout, value["stderr"])

    def assert_limit(self, value, outcome, key, shown):
        """The outcome, and that it names its limit as `shown`, and how to raise it."""
        self.assertEqual(value["outcome"], outcome, (value["reason"], value["stderr"]))
        self.assertIn(f"limits.{key} is {shown}", value["reason"])
        self.assertEqual(value["hint"], f"raise profiles.test.limits.{key} (now {shown})")
        self.assertTrue(value["limits"][key]["hit"], value["limits"][key])

    def hits(self, value):
        """The limits that were met."""
        return sorted(key for key, row in value["limits"].items() if row["hit"])


def processes():
    """{pid: (parent, name)} of all that can be seen; zombies are left out."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            text = pathlib.Path("/proc", entry, "stat").read_text()
        except OSError:
            continue  # it ended meanwhile
        name, rest = text[text.index("(") + 1 :].rsplit(")", 1)
        state, parent = rest.split()[:2]
        if state not in "ZX":
            found[int(entry)] = (int(parent), name)
    return found


def children(root):
    """{pid: name} of everything below a process."""
    every = processes()
    found = {}
    grew = True
    while grew:
        grew = False
        for pid, (parent, name) in every.items():
            if pid not in found and (parent == root or parent in found):
                found[pid] = name
                grew = True
    return found


def work_directories():
    """Directories of the library's own in /tmp, made by this user."""
    found = set()
    for entry in os.scandir("/tmp"):
        if re.fullmatch("cloche-work-[A-Za-z0-9]{6}", entry.name):
            try:
                owner = entry.stat(follow_symlinks=False).st_uid
            except OSError:
                continue  # it was removed meanwhile
            if owner == os.geteuid():
                found.add(entry.name)
    return found


def wait_until(condition, timeout_s=10.0):
    """Poll until condition() is true; whether it became so."""
    end = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
