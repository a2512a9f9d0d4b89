#!/usr/bin/python3 -B
# SPDX-License-Identifier: Apache-2.0
"""The pure-computation tests of CPython's suite, at level restricted.

    restricted.py CLOCHE [--lib FILE] [--jobs N] [--json FILE] [--quick] [NAME...]

slices.py makes a program of each test method of the files below: those of the modules
that the level has, and of the language itself.  What passes as it is under the Python
that runs this is run in a cell of its own, the guard whole, under a policy that allows
all that the level can allow.  There it passes too, or is refused in so many words, or
has a row in RESTRICTED.md; a row that is not needed is an error, and so are fewer that
pass than RESTRICTED.md says of this very version.
"""
import argparse
import collections
import fnmatch
import json
import multiprocessing
import os
import pathlib
import platform
import re
import subprocess
import sys
import sysconfig
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "attacks"), str(HERE.parent / "useful")]

import broker  # noqa: E402  (the path comes first)
import guarded  # noqa: E402
import slices  # noqa: E402

NOT_HERE = 77  # what ctest takes for "skipped"
NO_FILES, NO_VALUE, NO_VARIABLES = 8, 16, 32  # flags of a request
VERSION = "{}.{}".format(*sys.version_info)
SHOWN = 12  # of each kind of refusal

# Of the modules that the level has.
MODULES = """
    datetimetester test_abc test_abstract_numbers test_array test_base64 test_binascii
    test_bisect test_calendar test_collections test_contextlib test_copy test_csv
    test_dataclasses test_decimal test_defaultdict test_deque test_difflib test_enum
    test_fractions test_functools test_genericalias test_genericclass test_hashlib
    test_heapq test_hmac test_html test_io test_itertools test_json.test_decode
    test_json.test_default test_json.test_dump test_json.test_encode_basestring_ascii
    test_json.test_enum test_json.test_fail test_json.test_float test_json.test_indent
    test_json.test_pass1 test_json.test_pass2 test_json.test_pass3
    test_json.test_recursion test_json.test_scanstring test_json.test_separators
    test_json.test_speedups test_json.test_unicode test_logging test_math test_memoryio
    test_numeric_tower test_operator test_ordered_dict test_pprint test_random test_re
    test_secrets test_statistics test_strftime test_string test_strptime test_struct
    test_textwrap test_time test_tomllib.test_data test_tomllib.test_error
    test_tomllib.test_misc test_traceback test_types test_typing test_ucn
    test_unicodedata test_userdict test_userlist test_userstring test_uuid test_zlib
""".split()

# Of the language: its forms and its built-in types.
LANGUAGE = """
    test_augassign test_baseexception test_binop test_bool test_builtin test_bytes
    test_call test_class test_compare test_complex test_contains test_decorators
    test_descr test_dict test_dictcomps test_dictviews test_dynamic
    test_dynamicclassattribute test_enumerate test_except_star test_exception_group
    test_exception_hierarchy test_exception_variations test_exceptions test_extcall
    test_flufl test_float test_format test_fstring test_funcattrs test_future
    test_generator_stop test_generators test_genexps test_global test_grammar test_hash
    test_index test_int test_int_literal test_isinstance test_iter test_iterlen
    test_keywordonlyarg test_list test_listcomps test_long test_longexp test_memoryview
    test_metaclass test_named_expressions test_opcache test_patma test_pep646_syntax
    test_positional_only_arg test_pow test_print test_property test_raise test_range
    test_richcmp test_scope test_set test_setcomps test_slice test_sort
    test_str test_string_literals test_strtod test_structseq test_subclassinit
    test_super test_syntax test_tuple test_type_annotations test_type_cache
    test_type_params test_typechecks test_unary test_unicode test_unicode_identifiers
    test_unpack test_unpack_ex test_with test_yield_from
""".split()

# Seconds, and something of everything.
QUICK = """
    test_bisect test_class test_dict test_generators test_int test_json.test_unicode
    test_list test_named_expressions test_operator test_patma test_scope test_string
    test_textwrap test_unpack_ex
""".split()

# What the level has and its widest profile does not, and limits that no test meets.
POLICY = """
version: 1
default: suite
profiles:
  suite:
    extends: classroom
    python:
      modules: {allow: [%(modules)s]}
      builtins:
        allow: [aiter, anext, dir, exit, globals, locals, memoryview, open, quit, vars]
      introspection: read
      dynamic_code: true
    limits:
      {wall: 60s, cpu: 60s, memory: 2GiB, output: 16MiB, source: 4MiB, recursion: 1000}
"""

# How the guard says that it is the guard who says so.
SAYS_SO = re.compile(r"\bhere\b|\blevel restricted\b|\bnot offered\b|\bnot available\b")


# ---- one worker ---------------------------------------------------------------------


class Worker:
    """Its own engine, and its own Python for what runs bare."""

    def __init__(self, lib, policy, suite):
        slices.SUITE = pathlib.Path(suite)
        self.engine = broker.Engine(lib, policy, 0)
        # pylint: disable-next=consider-using-with
        self.python = subprocess.Popen(
            [sys.executable, "-B", "-P", "-s", str(HERE / "bare.py"), *modules()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={"PYTHONHASHSEED": "0"})

    def bare(self, text):
        print(json.dumps(text), file=self.python.stdin, flush=True)
        return json.loads(self.python.stdout.readline())

    def cell(self, text):
        run, kept = self.engine.start(text, [], "suite",
                                      flags=NO_FILES | NO_VALUE | NO_VARIABLES)
        result = self.engine.finish(run)
        del kept
        return result

    def row(self, module, kind, method):
        """What became of one test."""
        row = {"id": f"{module.name.removeprefix('test.')}.{kind}.{method}"}
        try:
            text = slices.Program(module, kind, method).text()
        except slices.Left as why:
            return row | {"left": str(why)}
        said = self.bare(text)
        if not has_passed(said):
            return row | {"left": "bare: " + ([""] + said.strip().splitlines())[-1][:200]}
        result = self.cell(text)
        denials = [(d["rule_id"], d["what"]) for d in result["denials"]]
        if result["outcome"] == "ok" and not has_passed(result["stdout"] or ""):
            result["outcome"], result["reason"] = "skipped", result["stdout"].strip()[-200:]
        return row | {"outcome": result["outcome"], "reason": result["reason"],
                      "denials": denials}


def has_passed(said):
    return said.rstrip("\n").rpartition("\n")[2] == "passed"


def modules():
    """Those that the level has."""
    return sorted(set(guarded.offered()) - {"__future__"})


WORKER = None


def begin(*args):
    global WORKER  # one in each process
    WORKER = Worker(*args)


def one_file(name):
    try:
        module = slices.load("test." + name)
    except slices.Left:
        return name, None
    return name, [WORKER.row(module, *test) for test in slices.tests(module)]


# ---- all of it ----------------------------------------------------------------------


def judge_row(row, tables):
    """How a test that passes bare ended: `passed`, `refused`, `excepted`, `wrong`, and
    what by: a rule and its subject, a row, or a sentence."""
    said = f"{row['outcome']}: {row['reason']}"
    if row["outcome"] == "ok":
        return "passed", None
    if row["denials"] and (row["outcome"] in ("denied", "skipped") or SAYS_SO.search(said)):
        return "refused", tuple(row["denials"][0])
    for pattern in tables["messages"]:
        if re.search(pattern, said):
            return "refused", ("", pattern)
    for pattern in tables["tests"]:
        if fnmatch.fnmatchcase(row["id"], pattern):
            return "excepted", pattern
    return "wrong", said


def read_tables(version):
    """The rows of RESTRICTED.md that are for this version, by section: {first column:
    second}; \\| is a | within."""
    text = (HERE / "RESTRICTED.md").read_text(encoding="utf-8")
    found = {}
    for title, body in re.findall(r"^## (\w+)$(.*?)(?=^## |\Z)", text, re.M | re.S):
        rows = re.findall(r"^\| `([^`]+)` \| (.+?) \|$", body, re.M)
        found[title.lower()] = {key.replace("\\|", "|"): said for key, said in rows
                                if is_for(said, version)}
    return found


def is_for(said, version):
    """A reason that begins with versions is of these only."""
    only = re.match(r"((?:3\.\d+(?:, )?)+): ", said)
    return only is None or version in only[1].split(", ")


def judge(rows, tables, is_whole):
    """Counts, refusals by rule, and everything that is wrong, as sentences."""
    counts, refusals, wrong, used = collections.Counter(), {}, [], set()
    for row in rows:
        if "left" in row:
            counts["left"] += 1
            continue
        verdict, by = judge_row(row, tables)
        counts[verdict] += 1
        used.add(by)
        if verdict == "refused":
            refusals.setdefault(by[0], collections.Counter())[by[1]] += 1
            used.add(by[1])
        elif verdict == "wrong":
            wrong.append(f"{row['id']} passes bare and not at level restricted: {by}")
    least = tables["figures"].get(platform.python_version())
    if is_whole and least is not None:
        wrong += [f"the row `{pattern}` of RESTRICTED.md is not needed"
                  for kind in ("messages", "tests") for pattern in tables[kind]
                  if pattern not in used]
        if counts["passed"] < int(least.replace(",", "")):
            wrong.append(f"{counts['passed']} tests pass, and {least} did")
    return counts, refusals, wrong


def show(rows, counts, refusals):
    tried = len(rows) - counts["left"]
    print(f"{len(rows):,} tests; {tried:,} are programs that pass bare; at level restricted "
          f"{counts['passed']:,} pass, {counts['refused']:,} are refused, "
          f"{counts['excepted']:,} have a row of their own")
    for rule, whats in sorted(refusals.items()):
        most = ", ".join(f"{what} {n}" for what, n in whats.most_common(SHOWN))
        print(f"  {rule or 'no rule'}  {whats.total():5}  {most}")


def run(args, suite):
    names = args.names or (QUICK if args.quick else MODULES + LANGUAGE)
    os.environ.pop("CLOCHE_ABLATE", None)  # the guard is whole
    os.environ.setdefault("CLOCHE_HELPER_DIR", str(args.cloche.parent))
    lib = args.lib or args.cloche.parents[1] / "lib" / "libcloche.so"
    with tempfile.TemporaryDirectory() as folder:
        policy = pathlib.Path(folder, "policy.yaml")
        policy.write_text(POLICY % {"modules": ", ".join(modules())}, encoding="utf-8")
        with multiprocessing.Pool(args.jobs, begin, (str(lib), str(policy), suite)) as pool:
            found = dict(pool.imap_unordered(one_file, by_size(suite, names)))
            pool.close()
            pool.join()
    if args.names and None in found.values():
        sys.exit(f"no such file of the suite: {[n for n in found if found[n] is None]}")
    return [row for name in names for row in found[name] or ()]


def by_size(suite, names):
    """The largest first, for the ends of the workers to come together."""
    paths = {name: pathlib.Path(suite, *name.split(".")).with_suffix(".py") for name in names}
    return sorted(names, key=lambda n: -paths[n].stat().st_size if paths[n].exists() else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cloche", type=pathlib.Path)
    parser.add_argument("--lib", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="a part, in seconds")
    parser.add_argument("names", nargs="*")
    args = parser.parse_intermixed_args()
    suite = pathlib.Path(sysconfig.get_path("stdlib"), "test")
    if not (suite / "test_grammar.py").exists():
        print("the suite is not installed (Debian: libpython3-testsuite)")
        return 1 if os.environ.get("CI") else NOT_HERE
    rows = run(args, str(suite))
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    is_whole = not args.names and not args.quick
    counts, refusals, wrong = judge(rows, read_tables(VERSION), is_whole)
    show(rows, counts, refusals)
    for text in wrong:
        print("WRONG", text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
