# SPDX-License-Identifier: Apache-2.0
"""The programs of restricted/ are what they claim to be: plain Python prints what they say,
they fit into their profiles' numbers, and together they use each function of each module,
each builtin, each method of the basic types and each form of syntax that those allow."""

import ast
import builtins
import importlib
import json
import os
import subprocess
import sys
import types
import unittest
from collections import defaultdict

import guarded
import uncovered
from support import runner

PAGE_ROUNDS = 10_000
PAGE_PEAK_BYTES = 640 << 10  # well below its heap of 1 MiB
BASIC_TYPES = (bool, bytearray, bytes, complex, dict, float, frozenset, int, list, range,
               set, slice, str, tuple)


def trees():
    return [(p, ast.parse(p.source)) for p in guarded.load() if p.fits()]


def imported(tree):
    """What a program calls the modules it imports, and their names: {its name: module} and
    {its name: (module, name)}."""
    modules, names = {}, {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                modules[alias.asname or alias.name] = alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = (node.module, alias.name)
    return modules, names


def uses(tree):
    """{(module, name)} that a program really uses, not only imports."""
    modules, names = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            yield names[node.id]
        elif (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
              and node.value.id in modules):
            yield modules[node.value.id], node.attr


def public(module):
    """A module's public names that are no modules."""
    there = importlib.import_module(module)
    names = getattr(there, "__all__", None) or [n for n in dir(there) if n[0] != "_"]
    return {n for n in names if not isinstance(getattr(there, n, None), types.ModuleType)
            and n[0] != "_"}


class Programs(unittest.TestCase):
    """Subtests are named by program."""

    def setUp(self):
        self.programs = [p for p in guarded.load() if p.fits()]

    def test_plain_python_prints_what_each_says_whatever_the_seed_of_hashes(self):
        for seed in ("0", "7"):
            runs = guarded.run_all(self.programs, lambda p: guarded.run_bare(p, seed))
            for program, (stdout, problem) in runs:
                with self.subTest(program.name, seed=seed):
                    self.assertIsNotNone(stdout, problem)
                    if stdout != program.stdout:
                        texts = runner.as_text(program.stdout), runner.as_text(stdout)
                        self.fail(runner.text_difference("stdout", *texts))

    def test_what_is_for_a_page_fits_into_its_numbers(self):
        def measure(program):
            command = [sys.executable, "-B", "-X", "utf8", "page_numbers.py", program.path]
            return subprocess.run(command, capture_output=True, text=True, check=False,
                                  cwd=os.path.dirname(os.path.abspath(__file__)))

        programs = [p for p in self.programs if p.profile == "page"]
        for program, done in guarded.run_all(programs, measure):
            with self.subTest(program.name):
                self.assertEqual(done.returncode, 0, done.stderr)
                took = json.loads(done.stderr.splitlines()[-1])
                self.assertLessEqual(took["rounds"], PAGE_ROUNDS)
                self.assertLessEqual(took["peak"], PAGE_PEAK_BYTES)

    def test_each_imports_only_what_its_profile_allows(self):
        for program, tree in trees():
            with self.subTest(program.name):
                modules, names = imported(tree)
                wanted = {*modules.values(), *(module for module, _ in names.values())}
                some = guarded.limited(program.profile)
                rights = guarded.allowed(program.profile, "modules") | set(some)
                rights |= {"__future__"}  # no module, but a form of syntax
                self.assertFalse(wanted - rights)
                for module, name in uses(tree):
                    self.assertIn(name, some.get(module, {name}))


class Corpus(unittest.TestCase):
    """All of it together."""

    def test_there_are_at_least_220_programs_and_each_is_short(self):
        programs = guarded.load()
        self.assertGreaterEqual(len(programs), 220)
        for program in programs:
            with self.subTest(program.name):
                self.assertIn(program.profile, guarded.PROFILES)
                self.assertLessEqual(program.source.count("\n"), 110)
        for profile in guarded.PROFILES:
            self.assertGreaterEqual(sum(p.profile == profile for p in programs), 20, profile)

    def test_no_file_is_left_over(self):
        names = {p.name for p in guarded.load()}
        for path in guarded.CORPUS.iterdir():
            self.assertIn(path.stem, names, path)
            self.assertIn(path.suffix, (".py", ".out", ".in"), path)

    def test_each_function_of_each_module_is_used_or_says_why_it_is_not(self):
        used = defaultdict(set)
        for program, tree in trees():
            for module, name in uses(tree):
                used[module].add(name)
        some = guarded.limited("provider")
        for module in sorted(guarded.allowed("provider", "modules") | set(some)):
            without = uncovered.NAMES.get(module, {})
            names = some.get(module) or public(module)
            with self.subTest(module):
                self.assertFalse(names - used[module] - set(without), "used nowhere")
                self.assertFalse(set(without) & used[module], "used, and said not to be")
                for name, why in without.items():
                    self.assertTrue(why, name)

    def test_what_the_guard_offers_is_used_and_nothing_else_is(self):
        """By the guard's own table of facades; a module of another Python has other names."""
        used = defaultdict(set)
        for program, tree in trees():
            for module, name in uses(tree):
                used[module].add(name)
        offered = guarded.offered()
        self.assertGreater(len(offered), 40)
        for module in sorted(guarded.allowed("provider", "modules")):
            with self.subTest(module):
                there = {n for n in offered[module]
                         if hasattr(importlib.import_module(module), n)}
                self.assertFalse(used[module] - offered[module], "used, and not offered")
                without = {n for n, why in uncovered.NAMES.get(module, {}).items()
                           if why.startswith("is deprecated")}
                self.assertFalse(there - used[module] - without, "offered, and used nowhere")

    def test_each_builtin_is_used(self):
        used = {node.id for _, tree in trees() for node in ast.walk(tree)
                if isinstance(node, ast.Name)} | {"True", "False", "None"}
        names = guarded.allowed("provider", "builtins")
        self.assertGreater(len(names), 120)
        for name in names:
            self.assertTrue(hasattr(builtins, name), name)
        self.assertFalse(names - used - set(uncovered.BUILTINS))
        self.assertFalse(set(uncovered.BUILTINS) & used)

    def test_each_method_of_the_basic_types_is_used(self):
        used = {node.attr for _, tree in trees() for node in ast.walk(tree)
                if isinstance(node, ast.Attribute)}
        for kind in BASIC_TYPES:
            with self.subTest(kind.__name__):
                self.assertFalse({n for n in dir(kind) if n[0] != "_"} - used)

    def test_each_form_of_syntax_is_used_in_each_of_its_fields(self):
        """A form is a node and a field of it that holds something, or an operator."""
        seen = set()
        for _, tree in trees():
            for node in ast.walk(tree):
                seen.add(type(node).__name__)
                seen |= {f"{type(node).__name__}.{field}" for field, value
                         in ast.iter_fields(node) if value not in (None, [], 0, "")}
        forms = set()
        for kind in vars(ast).values():
            if (isinstance(kind, type) and issubclass(kind, ast.AST)
                    and not kind.__subclasses__() and kind.__module__ in ("ast", "_ast")):
                forms |= {kind.__name__, *(f"{kind.__name__}.{f}" for f in kind._fields)}
        missing = {f for f in forms - seen
                   if f not in uncovered.SYNTAX and f.split(".")[0] not in uncovered.SYNTAX}
        self.assertFalse(missing)
        self.assertFalse({f for f in uncovered.SYNTAX if f in seen})


if __name__ == "__main__":
    unittest.main()
