# SPDX-License-Identifier: Apache-2.0
"""The attacks as the driver sees them: their headers, read and checked.

Owns the grammar of an attack's docstring. Must not know how attacks are run or
how effects are noticed.

An attack is one file, corpus/<class>_<name>.py. Its docstring starts with a title
and ends with fields, one a line, continued by indented lines:

    class: D10                      which class of the taxonomy it is a case of
    effect: ...                     what success would look like, in words
    stopped-by: pid-ns, landlock    layers, EACH of which must stop it alone
    stopped-by-root: ...            the same where the caller is root, if it differs
    as: any | user | root           who the caller must be for it to have an effect
    profile: alone                  a profile of policy.yaml
    beside: neighbour | probe       a second run of the same zygote, at the same time:
                                    one with secrets, or one that just has to work
    always: ...                     why no layer that can be switched off is involved
    weak: seccomp landlock          layers that are off once more to bring it further
    where: package                  it is no run's code but a package's, that the zygote
                                    imports
    needs: ...                      a part of the host, of host.OFFERS

`stopped-by` is a claim in two halves, both tried: with all these layers off the
attack HAS its effect (so that it cannot pass for the wrong reason), and with all of
them off but one it has none. Where one layer stands alone, it is its `sole` layer
and must be argued in SOLE.md.
"""

import ast
import re
from pathlib import Path

LAYERS = ("seccomp landlock user-ns mount-ns pid-ns net-ns ipc-ns uts-ns cgroup-ns "
          "private-root capabilities rlimits scrub").split()

HERE = Path(__file__).resolve().parent
FIELDS = {"class", "effect", "stopped-by", "stopped-by-root", "as", "profile", "beside",
          "always", "needs", "weak", "where"}


class Bad(Exception):
    """A header that does not say what it must."""


class Attack:
    """One attack; `code` is what the cell runs, prelude included."""

    def __init__(self, path):
        self.path = path
        self.name = path.stem
        text = path.read_text(encoding="utf-8")
        fields = self._fields(ast.get_docstring(ast.parse(text)) or "")
        self.cls = fields.get("class", "")
        self.effect = fields.get("effect", "")
        self.who = fields.get("as", "any")
        self.profile = fields.get("profile", "alone")
        self.beside = fields.get("beside")
        self.always = fields.get("always")
        self.is_package = fields.get("where") == "package"
        if self.is_package:
            self.profile = "packaged"
        self.weak = self._layers(fields.get("weak", ""))
        self.needs = tuple(fields.get("needs", "").replace(",", " ").split())
        self._stops = {"user": self._layers(fields.get("stopped-by", "")),
                       "root": self._layers(fields.get("stopped-by-root",
                                                       fields.get("stopped-by", "")))}
        self.code = prelude() + text
        if self.is_package:
            self.module, self.code = package_module(text), "import hostile\nhostile.tell()\n"
        self._check()

    def _fields(self, doc):
        fields = {}
        key = None
        for line in doc.splitlines():
            found = re.match(r"([a-z-]+): *(.*)$", line)
            if found and found.group(1) in FIELDS:
                key = found.group(1)
                fields[key] = found.group(2)
            elif key and line.startswith(" "):
                fields[key] += " " + line.strip()
            elif line.strip():
                key = None
        return fields

    def _layers(self, text):
        names = [n for n in re.split(r"[ ,]+", text) if n]
        for name in names:
            if name not in LAYERS:
                raise Bad(f"{self.name}: '{name}' is no layer; the layers are {LAYERS}")
        return tuple(names)

    def _check(self):
        if not re.fullmatch(r"[A-D][0-9]{1,2}", self.cls):
            raise Bad(f"{self.name}: class '{self.cls}' is not one of the taxonomy (D10)")
        if not self.name.startswith(self.cls + "_"):
            raise Bad(f"{self.name}: the file's name must start with '{self.cls}_'")
        if not self.effect:
            raise Bad(f"{self.name}: no effect: is named")
        if self.who not in ("any", "user", "root"):
            raise Bad(f"{self.name}: as: must be any, user or root, not '{self.who}'")
        if bool(self._stops["user"] or self._stops["root"]) == bool(self.always):
            raise Bad(f"{self.name}: wants either stopped-by: or always:")

    def stopped_by(self, who):
        return self._stops[who]

    def is_real_for(self, who):
        """Does it have an effect, with its layers off, for this caller?"""
        return self.who in ("any", who) and bool(self.stopped_by(who))


def prelude():
    """What every attack may use, without its comments and on one line, so that the
    lines of an attack are few more than its file's."""
    return (HERE / "prelude.py").read_text(encoding="utf-8") + "\n"


def package_module(text):
    """An attack as the text of a package: it has no arguments and nobody sees what it
    prints, so both are given to it otherwise ({told} is the host's to fill in)."""
    start = ("import sys\nSAID = []\nsys.argv = ['hostile', {told!r}]\n"
             "def print(*words, **_):\n    SAID.append(' '.join(map(str, words)))\n"
             "def tell():\n    import builtins\n    builtins.print('\\n'.join(SAID))\n")
    return start, prelude() + text


def load(only=None):
    attacks = [Attack(p) for p in sorted((HERE / "corpus").glob("*.py"))]
    if only:
        attacks = [a for a in attacks if any(o in a.name for o in only)]
    return attacks


def soles():
    """Rows of SOLE.md: {(attack, layer, caller)}."""
    found = set()
    names = {p.stem for p in (HERE / "corpus").glob("*.py")}
    text = (HERE / "SOLE.md").read_text(encoding="utf-8")
    for line in re.findall(r"^\| `.*$", text, re.M):
        row = re.fullmatch(r"\| `(\w+)` \| ([a-z-]+) \| (any|root|user) \| (.+) \|", line)
        if not row:
            raise Bad(f"SOLE.md: '{line}': want | `attack` | layer | any, root or user | why |")
        name, layer, who, _ = row.groups()
        if name not in names or layer not in [*LAYERS, "process"]:
            raise Bad(f"SOLE.md: there is no attack '{name}' or no layer '{layer}'")
        for caller in ("root", "user") if who == "any" else (who,):
            if (name, layer, caller) in found:
                raise Bad(f"SOLE.md: {name}, {layer} is argued twice")
            found.add((name, layer, caller))
    return found
