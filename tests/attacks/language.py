# SPDX-License-Identifier: Apache-2.0
"""The attacks on the language as the driver sees them: their headers, read and checked,
and what they say when they are run with language_prelude.py.

Owns the grammar of a header in language/. Must not know where they are run.

An attack is one file, language/<class>_<name>.py, the class with two digits. It tries to get
an object that restricted code must not have, and calls leak() with it; what of that counts
is the table in language_prelude.py. Its docstring starts with a title and ends with fields:

    class: A1                       which class of the taxonomy it is a case of
    effect: ...                     what it gets, in words
    guard: syntax, types            parts of the guard of which EACH should refuse it
    profile: page                   the profile it is meant for; provider where not said
    since: 3.12                     where an older Python cannot parse it or has not got it

Parts: `syntax` the check of the tree, `types` the hardened types, `modules` their facades,
`builtins` by allow-list (imports included), `cost` measured beforehand; `end` is no part
of the guard: what counts is how the process ends, or that nothing comes of it.

The text is Python of one file and wants nothing put before it, so lines are the file's.
"""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "language"
PRELUDE = HERE / "language_prelude.py"
PARTS = ("syntax", "types", "modules", "builtins", "cost", "end")
PROFILES = ("page", "classroom", "provider")
FIELDS = ("class", "effect", "guard", "profile", "since")
# Classes with a history of sibling holes: more cases than one.
SIBLINGS = {f"A{n}" for n in (1, 2, 3, 5, 7, 8, 9, 10, 13, 15, 17, 19, 20, 24, 25, 26, 27, 29,
                              35, 38)}


class Bad(Exception):
    """A header that does not say what it must."""


class LanguageAttack:
    """One attack; `source` is what is run, as bytes."""

    def __init__(self, path):
        self.path = path
        self.name = path.stem
        self.source = path.read_bytes()
        doc = self._docstring()
        said = dict(re.findall(rf"^({'|'.join(FIELDS)}): (.+)$", doc, re.M))
        self.title = doc.strip().splitlines()[0]
        self.cls = said.get("class", "")
        self.effect = said.get("effect", "")
        self.guard = tuple(re.split(r"[ ,]+", said.get("guard", "").strip()))
        self.profile = said.get("profile", "provider")
        self.since = tuple(int(n) for n in said.get("since", "3.11").split("."))
        self._check()

    def _docstring(self):
        """Of the bytes, because what follows may be no Python that this one can parse."""
        found = re.search(rb'^"""(.*?)"""$', self.source, re.M | re.S)
        if not found:
            raise Bad(f"{self.name}: no docstring")
        return found.group(1).decode("utf-8")

    def _check(self):
        found = re.fullmatch(r"(A)(\d\d)_[a-z0-9_]+", self.name)
        if not found or self.cls != f"A{int(found[2])}":
            raise Bad(f"{self.name}: class '{self.cls}' is not the one of the file's name")
        if not self.effect:
            raise Bad(f"{self.name}: no effect: is named")
        for part in self.guard:
            if part not in PARTS:
                raise Bad(f"{self.name}: '{part}' is no part of the guard: {PARTS}")
        if self.profile not in PROFILES:
            raise Bad(f"{self.name}: '{self.profile}' is none of {PROFILES}")

    def fits(self, version=sys.version_info):
        return version[:2] >= self.since


class Canary:
    """A file that nobody should be able to read by an attack; a context manager."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="cloche-canary-")
        folder = Path(self._folder.name)
        folder.chmod(0o755)
        self.path = folder / "canary"
        text = f"the canary of {self.path}\n"
        self.path.write_text(text, encoding="utf-8")
        self.digest = hashlib.sha256(text.encode()).hexdigest()
        return self

    def __exit__(self, *_):
        self._folder.cleanup()


def run_bare(path, *options, timeout_s):
    """The output of an attack in plain Python, in a directory of its own, with a canary."""
    with Canary() as canary, tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-s", "-P", "-B", "-X", "utf8", PRELUDE, canary.path,
                   canary.digest, path, *options]
        done = subprocess.run(command, cwd=work, stdin=subprocess.DEVNULL, env={},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=timeout_s, check=False)
    return done.stdout.decode("utf-8", "replace")


def leaks(output):
    """[(kind, what came of it)] of every leak() that counted."""
    return re.findall(r"^ *LEAKED (\w+) (read|held|NOT READ)$", output, re.M)


def load(only=None):
    attacks = [LanguageAttack(p) for p in sorted(FOLDER.glob("*.py"))]
    return [a for a in attacks if not only or any(o in a.name for o in only)]
