# SPDX-License-Identifier: Apache-2.0
"""What the tests of the guard share: a run at level restricted, its refusals."""
import os
import pathlib
import sys
import textwrap
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

from cells import CellTest, plain_build_only  # noqa: E402  (the path comes first)

# Turning parts of the guard off is a switch that a release does not have.
ablation_build_only = unittest.skipUnless(
    os.environ.get("CLOCHE_TEST_ABLATION") == "1", "a build without the ablation switch")

__all__ = ["CellTest", "RestrictedTest", "ablation_build_only", "plain_build_only"]

BUILTINS = ["getattr", "setattr", "delattr", "hasattr", "dir", "vars", "globals", "locals",
            "input", "exit"]


class RestrictedTest(CellTest):
    """run_code() at level restricted, under a policy that extends `page`."""

    def run_code(self, code, *args, limits=None, python=None, **options):
        python = {"builtins": {"allow": BUILTINS}} if python is None else python
        profile = {"extends": "page", "python": python}
        return super().run_code(textwrap.dedent(code), *args, limits=limits,
                                profile=profile, **options)

    def ok(self, code, **options):
        value = self.run_code(code, **options)
        self.assertEqual(value["outcome"], "ok", (code, value["error"], value["denials"]))
        return value

    def refused(self, code, **options):
        """The result of a program that the check refuses as a whole."""
        value = self.run_code(code, **options)
        self.assertEqual(value["outcome"], "denied", (code, value["error"]))
        self.assertEqual(value["error"]["type"], "cloche.NotAllowed")
        self.assertEqual(value["stdout"], "", "nothing of it ran")
        self.assertTrue(value["denials"])
        for denial in value["denials"]:
            self.assertEqual(denial["layer"], "guard")
        return value
