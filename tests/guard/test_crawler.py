# SPDX-License-Identifier: Apache-2.0
"""No forbidden object can be reached from what restricted code has.

The walk is crawler.py, in a cell; what is forbidden says the oracle in C (src/guard/
oracle.c), of which a release has nothing.
"""
import pathlib
import unittest

import tables
from restricted import RestrictedTest, ablation_build_only, plain_build_only

HERE = pathlib.Path(__file__).resolve().parent
LIMITS = {"wall": "240s", "cpu": "240s", "memory": "2GiB", "heap": "none",
          "loop_iterations": "none", "recursion": 1000, "output": "64MiB"}


def modules():
    return tables.modules()


def builtins():
    """But for what no program can be given."""
    unavailable = ("breakpoint", "copyright", "credits", "help", "license", "open",
                   "PythonFinalizationError")
    return [name for name in tables.builtins() if name not in unavailable]


@plain_build_only
@ablation_build_only
class Crawler(RestrictedTest):
    def crawl(self, python, seeds, **options):
        code = seeds + (HERE / "crawler.py").read_text(encoding="utf-8")
        return self.run_code(code, limits=LIMITS, python=python, **options)

    def seeds(self, names):
        lines = ["SEEDS = {}\n"]
        for name in names:
            lines.append(f"import {name}\nSEEDS[{name!r}] = {name}\n")
        for name in builtins():
            lines.append(f"SEEDS[{name!r}] = {name}\n")
        return "".join(lines)

    def test_nothing_forbidden_is_reached(self):
        python = {"modules": {"allow": modules(),
                              "only": {"traceback": tables.rows()["traceback"]}},
                  "builtins": {"allow": builtins()}}
        value = self.crawl(python, self.seeds(modules()))
        last = value["stdout"].rstrip().rpartition("\n")[2]
        self.assertEqual(value["outcome"], "ok", (last, value["reason"], value["error"]))
        self.assertTrue(last.startswith("CRAWLED"), (last, value["exit_status"]))
        objects, calls = int(last.split()[1]), int(last.split()[3])
        self.assertGreater(objects, 20_000, last)
        self.assertGreater(calls, 100_000, last)

    def test_the_oracle_knows_what_is_forbidden(self):
        """With a part of the guard off the same code finds something."""
        for part, code, kind in (
            ("guard-modules", "import sys\nleak(sys)", "module"),
            ("guard-builtins", "leak(type)", "metaclass"),
            ("guard-builtins", "leak(getattr)", "built-in of Python's own"),
            ("guard-syntax", "leak((lambda: 1).__class__.__class__)", "metaclass"),
            ("guard-syntax,guard-types", "leak(leak_names.__self__)", ""),
            ("guard-syntax,guard-types", "leak((lambda: 1).__globals__)", "globals"),
        ):
            with self.subTest(part=part, code=code):
                value = self.run_code(code, env={"CLOCHE_ABLATE": part})
                told = [d["what"] for d in value["denials"] if d["what"].startswith("leak ")]
                if kind:
                    self.assertEqual(value["exit_status"], 99, value["error"])
                    self.assertEqual(len(told), 1, value["denials"])
                    self.assertTrue(told[0].startswith(f"leak {kind}: "), told)
                else:
                    self.assertEqual((value["outcome"], told), ("ok", []), value["error"])


if __name__ == "__main__":
    unittest.main()
